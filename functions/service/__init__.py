"""The use cases: plain functions that take the ports they need as arguments."""
