"""Pages: whether they answer as a shopper's browser needs it, with the headers that keep shoppers safe."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from functions.web.headers import security_headers
from release.doctor.finding import Verdict, fault, ok, warning
from release.doctor.look import Check, Look
from release.doctor.network import Heard
from release.doctor.setup import SetUp

SUBJECT = "Pages"
NOWHERE = "/what-the-doctor-asks-for/"
_WORKS = {200}


@dataclass(frozen=True, slots=True)
class Page:
    """An address of the shop and what it answers."""

    path: str
    heard: Heard
    https: bool


def looks(setup: SetUp) -> list[Look[Any]]:
    """The home, a product, what functions answer, and what is not there."""
    if not setup.stack:
        return []
    return [
        _look(setup, "home", "the home page", "/", kept="s-maxage=86400"),
        _look(setup, "product", "a product's page", "", kept="s-maxage=86400"),
        _look(setup, "cart", "the cart", "/cart", kept="no-store"),
        _look(setup, "stock", "the stock", "/stock?sku=", kept="max-age=5"),
        Look(SUBJECT, partial(_asked, setup, NOWHERE), (
            Check("pages.missing", "What is answered where nothing is", missing),
        )),
    ]  # fmt: skip


def _look(setup: SetUp, name: str, what: str, path: str, *, kept: str) -> Look[Any]:
    return Look(SUBJECT, partial(_asked, setup, path), (
        Check(f"pages.{name}", f"Whether {what} answers", partial(answers, what=what)),
        Check(f"pages.{name}.headers", f"Whether {what} has the right headers", partial(headed, what=what, kept=kept)),
    ))  # fmt: skip


def _asked(setup: SetUp, path: str) -> Page:
    if path in {"", "/stock?sku="}:
        first = min(setup.release().every_variant(), key=lambda one: one.sku)
        path = first.path if not path else f"{path}{first.sku}"
    url = setup.url()
    return Page(path, setup.web.get(f"{url}{path}"), url.startswith("https:"))


def answers(page: Page, *, what: str) -> Verdict:
    """Whether it is there."""
    status = page.heard.status
    if status in _WORKS:
        return ok(f"{_begun(what)} answers ({page.path}).")
    if status >= 500:  # noqa: PLR2004
        return fault(
            f"{_begun(what)} fails ({page.path} answers {status}).",
            "Look into the log in AWS's console (CloudWatch, Log groups), then pouch deploy.",
        )
    return fault(
        f"{_begun(what)} does not answer ({page.path} answers {status}).",
        "pouch publish; if that changes nothing, pouch deploy",
    )


def headed(page: Page, *, what: str, kept: str) -> Verdict | None:
    """Whether browsers and CDN are told what they need to know."""
    if page.heard.status not in _WORKS:
        return None
    has = page.heard.headers
    missing = [name for name in security_headers("", https=page.https) if name.lower() not in has]
    if missing or not has["content-security-policy"].startswith("default-src 'none'"):
        return fault(
            f"{_begun(what)} comes without {', '.join(missing) or 'a strict Content-Security-Policy'}.", "pouch deploy"
        )
    cache = has.get("cache-control", "")
    if kept not in cache:
        return warning(
            f"{_begun(what)} says {cache or 'nothing'} of how long it may be kept, and not {kept}.",
            "pouch publish, then pouch deploy",
        )
    return ok(f"{_begun(what)} has the headers that it needs.")


def missing(page: Page) -> Verdict:
    """Whether what is not there is said to be not there."""
    if page.heard.status == 404:  # noqa: PLR2004
        return ok("Where nothing is, the shop says so (404).")
    return fault(
        f"Where nothing is, the shop answers {page.heard.status} and not 404.", "pouch publish, then pouch deploy"
    )


def _begun(what: str) -> str:
    return what[0].upper() + what[1:]
