"""Jinja without its store of compiled templates, which its own first module loads: packages have theirs compiled."""
