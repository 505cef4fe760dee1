"""Renders the stand-in's own pages."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.wrappers import Response

from .account import Account

_FOLDER = Path(__file__).parent / "templates"
_TEMPLATES = Environment(
    loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data: http://127.0.0.1:* http://localhost:*; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def page(account: Account, template: str, status: HTTPStatus = HTTPStatus.OK, **values: Any) -> Response:
    """No script may run and nothing is stored: a payment page has no use for either."""
    text = _TEMPLATES.get_template(template).render(shop_name=account.shop_name, **values)
    response = Response(text, status, mimetype="text/html")
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"  # with no-referrer a browser hides where our own forms are from
    return response


def style() -> Response:
    return Response((_FOLDER / "standin.css").read_bytes(), mimetype="text/css")
