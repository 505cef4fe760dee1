# ruff: noqa: N999 (the name is Pillow's)
"""Pillow's place in a package: ReportLab asks for it when it starts, and invoices have no pictures."""
