"""The core: what a shop computes. Standard library only; no I/O, no clock, no environment."""
