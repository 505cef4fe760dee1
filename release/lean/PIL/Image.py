"""No pictures."""
