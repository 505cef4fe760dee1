"""Old addresses of products: a small page at each, which works on any host, and a list for hosts that can redirect."""

import json
from collections.abc import Mapping
from pathlib import PurePosixPath

from markupsafe import Markup

_PAGE = Markup("""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="canonical" href="{url}{path}">
<meta http-equiv="refresh" content="0; url={path}">
</head>
<body>
<p><a href="{path}">{title}</a></p>
</body>
</html>
""")


def alias_address(path: str) -> str:
    """Where the page of an old path is written: a file if the path names one, else a folder with an index.html.

    One file has one address, for by that the output knows it.
    """
    path = path.removesuffix("index.html") if path.endswith("/index.html") else path
    return path if path.endswith("/") or PurePosixPath(path).suffix else f"{path}/"


def alias_page(title: str, path: str, language: str, url: str) -> str:
    """A page that leads to a product's present address."""
    return _PAGE.format(title=title, path=path, language=language, url=url)


def redirects_json(moved: Mapping[str, str]) -> str:
    """Old path to new path, for whoever publishes the shop."""
    return json.dumps(dict(sorted(moved.items())), ensure_ascii=False, indent=1) + "\n"
