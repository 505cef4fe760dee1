# ruff: noqa: N999 (the name is Pillow's)
"""No pictures."""
