"""The local address: pages as a CDN would serve them, the mail viewer, and nothing outside the folder."""

from pathlib import Path

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from functions.adapters.file_mail import FileMail
from functions.local.mailbox import Mailbox
from functions.local.server import LocalShop
from functions.ports import Letter

URL = "http://127.0.0.1:8000"
HEADERS = {"Content-Security-Policy": "default-src 'none'"}
NOW = 1_800_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "output" / "about").mkdir(parents=True)
    (tmp_path / "output" / "index.html").write_text("<body>Home</body>")
    (tmp_path / "output" / "about" / "index.html").write_text("<body>About</body>")
    (tmp_path / "output" / "404.html").write_text("<body>Not here</body>")
    (tmp_path / "output" / "shop.css").write_text("a{}")
    (tmp_path / "secret.txt").write_text("secret")
    return tmp_path


@pytest.fixture
def shop(folder: Path) -> LocalShop:
    return LocalShop(
        functions=Response("a function"),
        mails=Mailbox(folder / "mail"),
        output=folder / "output",
        url=URL,
        headers=lambda path: HEADERS | {"X-Path": path},
        build=folder / "build",
    )


@pytest.fixture
def browser(shop: LocalShop) -> Client:
    return Client(shop)


def test_a_page_has_the_published_headers_and_the_signal_to_reload(browser: Client) -> None:
    answer = browser.get("/about/", base_url=URL)
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    assert answer.text == '<body>About<script type="module" src="/_local/reload.js"></script></body>'


def test_an_address_without_its_slash_is_mended(browser: Client) -> None:
    answer = browser.get("/about", base_url=URL)
    assert (answer.status_code, answer.headers["Location"]) == (308, "/about/")


def test_what_is_not_there_gets_the_shops_own_404(browser: Client) -> None:
    answer = browser.get("/nothing/", base_url=URL)
    assert answer.status_code == 404
    assert "Not here" in answer.text


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/about/../../secret.txt", "//etc/passwd", "/..%2fsecret.txt"]
)
def test_nothing_outside_the_folder_is_served(browser: Client, path: str) -> None:
    answer = browser.get(path, base_url=URL)
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_a_file_is_not_sent_again_when_the_browser_has_it(browser: Client) -> None:
    first = browser.get("/shop.css", base_url=URL)
    again = browser.get("/shop.css", base_url=URL, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


@pytest.mark.parametrize(
    "path", ["/cart", "/checkout", "/order/X", "/stock?sku=A", "/stripe/events", "/wishlist", "/notify"]
)
def test_functions_answer_at_their_addresses(browser: Client, path: str) -> None:
    assert browser.get(path, base_url=URL).text == "a function"


def test_another_name_of_this_machine_leads_to_the_one_address(browser: Client) -> None:
    answer = browser.get("/about/?a=1", base_url="http://localhost:8000")
    assert (answer.status_code, answer.headers["Location"]) == (307, "http://127.0.0.1:8000/about/?a=1")


def test_a_build_tells_open_browsers_to_reload(shop: LocalShop, browser: Client) -> None:
    before = browser.get("/_local/version", base_url=URL).text
    shop.changed()
    assert browser.get("/_local/version", base_url=URL).text != before


def test_mails_are_listed_and_shown_as_html_and_text(folder: Path, browser: Client) -> None:
    mail = FileMail(folder / "mail", sender="Shop <shop@small.example>", clock=lambda: NOW)
    mail.send(
        Letter("sam@example.com", "Your order", "As text", "<html><head></head>As <b>HTML</b></html>", "A.confirmation")
    )
    listed = browser.get("/_mail/", base_url=URL).text
    assert "Your order" in listed
    name = next((folder / "mail").glob("*.eml")).stem
    shown = browser.get(f"/_mail/{name}/", base_url=URL).text
    assert "As text" in shown
    html = browser.get(f"/_mail/{name}/html", base_url=URL)
    assert "As <b>HTML</b>" in html.text
    assert "script-src" not in html.headers["Content-Security-Policy"]
    assert browser.get("/_mail/other/", base_url=URL).status_code == 404


def test_without_mails_the_viewer_says_what_to_do(browser: Client) -> None:
    assert "No mails yet. Buy something." in browser.get("/_mail/", base_url=URL).text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.md", "text/markdown; charset=utf-8"),
        ("llms.txt", "text/plain; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("shop.js", "text/javascript; charset=utf-8"),
        ("a.avif", "image/avif"),
        ("wasm.en.pagefind", "application/octet-stream"),
    ],
)
def test_each_kind_of_file_says_what_it_is(folder: Path, browser: Client, name: str, kind: str) -> None:
    (folder / "output" / name).write_text("Größe")
    answer = browser.get(f"/{name}", base_url=URL)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)


@pytest.mark.parametrize("path", ["/products/old/", "/products/old"])
def test_a_page_that_has_moved_leads_to_where_it_is_now(folder: Path, browser: Client, path: str) -> None:
    assert browser.get(path, base_url=URL).status_code == 404
    (folder / "build").mkdir(exist_ok=True)
    (folder / "build" / "redirects.json").write_text('{"/products/old": "/products/new/", "/about/": "/elsewhere/"}')
    answer = browser.get(path, base_url=URL)
    assert (answer.status_code, answer.headers["Location"]) == (301, "/products/new/")
    assert browser.get("/about/", base_url=URL).status_code == 301  # before the small page for other hosts
    assert browser.get("/shop.css", base_url=URL).status_code == 200


def test_headers_belong_to_an_address(browser: Client) -> None:
    assert browser.get("/about/", base_url=URL).headers["X-Path"] == "/about/"


def test_a_page_can_only_be_read(browser: Client) -> None:
    assert browser.post("/about/", base_url=URL).status_code == 405


def test_a_very_long_address_is_not_there(browser: Client) -> None:
    assert browser.get("/" + "a" * 3000, base_url=URL).status_code == 404
