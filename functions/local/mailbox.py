"""The mail viewer: what the shop has mailed, as a person would see it. Reads the .eml files of the mail folder."""

import email
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

# A mail brings its own styles, and may be framed by the viewer only.
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A WSGI application under `/_mail/` that shows the mails in a folder."""

    folder: Path

    def __call__(self, environ, start_response):  # type: ignore[no-untyped-def]
        request = Request(environ)
        try:
            name, arguments = _ROUTES.bind_to_environ(environ).match()
            response = getattr(self, name)(request, **arguments)
        except HTTPException as error:
            response = error.get_response(environ)
        return response(environ, start_response)

    def index(self, _request: Request) -> Response:
        """All mails, the latest first."""
        mails = [(path.stem, _read(path)) for path in sorted(self.folder.glob("*.eml"), reverse=True)]
        return _page("mailbox.html", mails=mails)

    def mail(self, _request: Request, name: str) -> Response:
        """One mail: its headers, its HTML in a frame, its text below."""
        message = self._found(name)
        return _page("mail.html", name=name, message=message, text=_part(message, "plain"))

    def html(self, _request: Request, name: str) -> Response:
        """A mail's HTML part as it came."""
        html = _part(self._found(name), "html").replace("<head>", '<head><base target="_top">', 1)
        return Response(html, mimetype="text/html", headers={"Content-Security-Policy": MAIL_POLICY})

    def _found(self, name: str) -> EmailMessage:
        path = next((path for path in self.folder.glob("*.eml") if path.stem == name), None)
        if path is None:
            raise NotFound
        return _read(path)


def _read(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=default)


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""


def _page(template: str, **context: object) -> Response:
    return Response(_TEMPLATES.get_template(template).render(**context), mimetype="text/html")


_ROUTES = Map(
    [
        Rule("/_mail/", endpoint="index"),
        Rule("/_mail/<name>/", endpoint="mail"),
        Rule("/_mail/<name>/html", endpoint="html"),
    ]
)
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)
