"""A browser without JavaScript: gets pages, reads their one form, sends it, follows nothing."""

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit


@dataclass
class Page:
    """An answer, and what a browser would send with its form if nothing were changed."""

    status: int
    location: str
    text: str
    action: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._page.action = values["action"]
        elif tag == "a":
            self._page.links.append(values["href"])
        elif tag == "select":
            self._select = values["name"]
        elif tag == "option" and (self._select not in self._page.fields or "selected" in values):
            self._page.fields[self._select] = values["value"]
        elif tag == "button":
            self._page.buttons.append((values["name"], values["value"]))
        elif tag == "input" and (values.get("type") != "radio" or "checked" in values):
            self._page.fields[values["name"]] = values["value"]


def get(url: str) -> Page:
    return _ask("GET", url, None)


def send(page: Page, url: str, **changes: str) -> Page:
    """Sends the page's form, some fields changed, as by pressing `changes`' button."""
    parts = urlsplit(url)
    return _ask("POST", f"{parts.scheme}://{parts.netloc}{page.action}", urlencode(page.fields | changes).encode())


def _ask(method: str, url: str, body: bytes | None) -> Page:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=5)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        connection.request(method, parts.path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
    finally:
        connection.close()
    page = Page(answer.status, answer.headers.get("Location", ""), text)
    _Reader(page).feed(text)
    return page
