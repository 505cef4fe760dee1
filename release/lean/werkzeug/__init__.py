"""Werkzeug without its development server and test client, which its own first module loads."""
