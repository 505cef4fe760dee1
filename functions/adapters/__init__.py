"""Adapters: one file for each thing outside, each an implementation of a Protocol in functions/ports.py."""
