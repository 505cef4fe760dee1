"""What the CDN does to addresses and answers, in release/edge/: run with Node as the template puts it together."""

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from release.publish import addresses
from tests.node_tools import njs, node
from tests.release.rendering import LIVE, SANDBOX, Stack

pytestmark = pytest.mark.slow


HARNESS = Path(__file__).with_name("edge.mjs")
MOST_BYTES = 10_240  # of a CloudFront Function
STACKS = {"live": Stack(LIVE), "sandbox": Stack(SANDBOX)}


def run(name: str, *events: Mapping[str, Any], stack: str = "live") -> list[Any]:
    """What a function answers to each event."""
    code = STACKS[stack].properties(name)["FunctionCode"]
    said = json.dumps({"code": code, "events": events})
    typed = [node(), str(HARNESS)]
    answer = subprocess.run(typed, input=said, capture_output=True, text=True, timeout=20, check=False)
    assert answer.returncode == 0, answer.stderr
    answers: list[Any] = json.loads(answer.stdout)
    return answers


@pytest.mark.parametrize(
    ("name", "stack", "event"),
    [
        ("PagesFunction", "live", lambda: asked("/about", query={"a": {"value": "1", "multiValue": [{"value": "2"}]}})),
        ("PagesFunction", "live", lambda: asked("/über/")),
        ("PagesFunction", "sandbox", lambda: asked("/_preview/new-prices/")),
        ("FunctionsFunction", "live", lambda: asked("/cart", host="www.shop.example", query={"b": {"value": ""}})),
        ("AnswersFunction", "live", lambda: answered(location="/new/")),
    ],
)
def test_the_runtime_of_the_edge_understands_its_functions(
    tmp_path: Path, name: str, stack: str, event: Callable[[], Any]
) -> None:
    """It takes less than Node does, and what it does not take is a 503 to everybody; njs is what it was made from."""
    code = STACKS[stack].properties(name)["FunctionCode"]
    file = tmp_path / "function.js"
    file.write_text(f"{code}\nconsole.log(JSON.stringify(handler({json.dumps(event())})))\n")
    said = subprocess.run([njs(), str(file)], capture_output=True, text=True, timeout=20, check=False)
    assert (said.returncode, said.stderr) == (0, "")
    assert json.loads(said.stdout) == run(name, event(), stack=stack)[0]


def asked(uri: str, *, method: str = "GET", host: str = "shop.example", query: Any = None, preview: str = "") -> Any:
    """A request as CloudFront hands it over."""
    cookies = {"preview": {"value": preview}} if preview else {}
    headers = {"host": {"value": host}}
    request = {"method": method, "uri": uri, "querystring": query or {}, "headers": headers, "cookies": cookies}
    return {"version": "1.0", "context": {"eventType": "viewer-request"}, "request": request}


def answered(status: int = 200, **metadata: str) -> Any:
    """An answer of S3 as CloudFront hands it over; `location` and `status` are an object's metadata."""
    headers = {f"x-amz-meta-{name}": {"value": value} for name, value in metadata.items()}
    headers["etag"] = {"value": '"1"'}
    return {"response": {"statusCode": status, "statusDescription": "OK", "headers": headers, "cookies": {}}}


def keys(*uris: str, stack: str = "live", preview: str = "") -> list[str]:
    """Where S3 is asked for these addresses."""
    host = "shop.example" if stack == "live" else "d1.cloudfront.net"
    events = [asked(uri, host=host, preview=preview) for uri in uris]
    return [answer["uri"] for answer in run("PagesFunction", *events, stack=stack)]


def locations(*events: Any, name: str = "PagesFunction", stack: str = "live") -> list[tuple[int, str]]:
    """Where these requests are sent on to."""
    answers = run(name, *events, stack=stack)
    return [(answer["statusCode"], answer["headers"]["location"]["value"]) for answer in answers]


def test_a_clean_address_is_a_file() -> None:
    assert keys("/", "/products/storm-petrel/", "/shop.1a2b.css", "/.well-known/security.txt", "/404.html") == [
        "/index.html",
        "/products/storm-petrel/index.html",
        "/shop.1a2b.css",
        "/.well-known/security.txt",
        "/404.html",
    ]


def test_an_address_without_its_slash_is_mended_and_keeps_its_query() -> None:
    several = {"sku": {"value": "A", "multiValue": [{"value": "A"}, {"value": "B%20C"}]}, "flag": {"value": ""}}
    assert locations(
        asked("/about"),
        asked("/products/storm-petrel", method="HEAD"),
        asked("/a.b/c", query={"utm_source": {"value": "mail%26more"}}),
        asked("/search", query=several),
    ) == [
        (301, "/about/"),
        (301, "/products/storm-petrel/"),
        (301, "/a.b/c/?utm_source=mail%26more"),
        (301, "/search/?sku=A&sku=B%20C&flag"),
    ]


@pytest.mark.parametrize(
    "uri", ["//evil.example", "//evil.example/a", "/\\evil.example", "/a//evil", "/\\/evil", "///x"]
)
def test_nobody_is_sent_to_another_site(uri: str) -> None:
    """R30: what a browser would take for another host's address leads nowhere."""
    [answer] = run("PagesFunction", asked(uri))
    assert "statusCode" not in answer
    assert answer["uri"].startswith(uri)


@pytest.mark.parametrize("uri", ["/%2Fevil", "/%5Cevil", "/%2f%2fevil"])
def test_a_hidden_slash_stays_hidden(uri: str) -> None:
    """A browser reads `/%2Fevil` as a path of ours, whatever it decodes to."""
    assert locations(asked(uri)) == [(301, f"{uri}/")]
    assert keys(f"{uri}/") == [f"{uri}/index.html"]


def test_one_file_has_one_address_however_it_is_encoded() -> None:
    """Else purging it would leave the others as they were."""
    assert set(keys("/caf%C3%A9/", "/caf%c3%a9/", "/%63af%C3%A9/")) == {"/caf%C3%A9/index.html"}
    assert keys("/a b.png", "/a%20b.png", "/a+b.png") == ["/a%20b.png", "/a%20b.png", "/a%2Bb.png"]


def test_what_cannot_be_decoded_is_looked_for_as_it_is() -> None:
    assert keys("/%/", "/%E0%A4%A/", "/%zz.css") == ["/%/index.html", "/%E0%A4%A/index.html", "/%zz.css"]


def test_every_other_name_leads_to_the_shops_own() -> None:
    """Cookies belong to one name, and forms are taken from one only."""
    query = {"s": {"value": "MUG"}}
    for name in ("PagesFunction", "FunctionsFunction"):
        assert locations(
            asked("/", host="www.shop.example"),
            asked("/wishlist", host="d1.cloudfront.net", query=query),
            asked("//evil.example", host="www.shop.example"),
            name=name,
        ) == [
            (301, "https://shop.example/"),
            (301, "https://shop.example/wishlist?s=MUG"),
            (301, "https://shop.example//evil.example"),
        ]


def test_what_is_posted_is_not_sent_on() -> None:
    """Stripe's news may come to CloudFront's own name, and does not follow redirects."""
    event = asked("/stripe/events", method="POST", host="d1.cloudfront.net")
    assert run("FunctionsFunction", event) == [event["request"]]


def test_functions_are_asked_for_the_address_as_it_is() -> None:
    event = asked("/order/7K3M-9QXD-4FTR", query={"token": {"value": "a.b"}})
    assert run("FunctionsFunction", event) == [event["request"]]


def test_without_a_domain_any_name_is_right() -> None:
    event = asked("/cart", host="d1.cloudfront.net")
    assert run("FunctionsFunction", event, stack="sandbox") == [event["request"]]


def test_a_preview_is_chosen_and_left() -> None:
    chosen, left = run("PagesFunction", asked("/_preview/new-prices/"), asked("/_preview/main"), stack="sandbox")
    assert (chosen["statusCode"], chosen["headers"]["location"]["value"]) == (302, "/")
    assert chosen["headers"]["cache-control"]["value"] == "no-store"
    assert chosen["cookies"]["preview"] == {
        "value": "new-prices",
        "attributes": "Path=/; Max-Age=86400; Secure; HttpOnly; SameSite=Lax",
    }
    assert left["cookies"]["preview"]["attributes"] == "Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax"


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("/index.html", "/"),
        ("/about/index.html", "/about/"),
        ("/über/index.html", "/über/"),
        ("/feed.xml", "/feed.xml"),
        ("/a b (1)!.png", "/a b (1)!.png"),
    ],
)
def test_what_publishing_purges_is_what_is_kept(file: str, uri: str) -> None:
    """CloudFront may go by the address as it was asked for or as the function left it; both are purged."""
    assert {quote(uri, safe="/!()"), *keys(uri)} == set(addresses([file]))


def test_a_preview_is_looked_for_in_its_own_site() -> None:
    assert keys("/about/", stack="sandbox") == ["/main/about/index.html"]
    assert keys("/about/", stack="sandbox", preview="new-prices") == ["/new-prices/about/index.html"]


@pytest.mark.parametrize("preview", ["../main", "A", "a/b", "x" * 41, "a%2fb", "a.b"])
def test_what_is_no_name_of_a_preview_is_the_shop(preview: str) -> None:
    assert keys("/about/", stack="sandbox", preview=preview) == ["/main/about/index.html"]
    assert keys(f"/_preview/{preview}/", stack="sandbox")[0].startswith("/main/_preview/")


def test_a_live_shop_has_no_previews() -> None:
    assert keys("/about/", preview="new-prices") == ["/about/index.html"]
    assert keys("/_preview/new-prices/") == ["/_preview/new-prices/index.html"]


def test_an_old_address_leads_to_the_new_one() -> None:
    [answer] = run("AnswersFunction", answered(location="/products/storm-petrel/"))
    assert (answer["statusCode"], answer["headers"]["location"]) == (301, {"value": "/products/storm-petrel/"})
    assert "x-amz-meta-location" not in answer["headers"]


@pytest.mark.parametrize(
    "location", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "/a\nb"]
)
def test_an_old_address_leads_nowhere_else(location: str) -> None:
    """R30, whoever wrote the metadata."""
    [answer] = run("AnswersFunction", answered(location=location))
    assert answer["statusCode"] == 200
    assert set(answer["headers"]) == {"etag"}


def test_a_page_that_is_gone_says_so() -> None:
    whole, part = run("AnswersFunction", gone(200), gone(206))
    assert [(one["statusCode"], one["statusDescription"]) for one in (whole, part)] == [(404, "Not Found")] * 2
    assert set(whole["headers"]) == {"etag"}


def gone(status: int) -> Any:
    """A page that is no more, as S3 keeps it."""
    event = answered(status)
    event["response"]["headers"]["x-amz-meta-status"] = {"value": "404"}
    return event


def test_what_a_browser_has_already_stays_right() -> None:
    event = gone(304)
    event["response"]["headers"]["x-amz-meta-location"] = {"value": "/new/"}
    [answer] = run("AnswersFunction", event)
    assert answer["statusCode"] == 304
    assert set(answer["headers"]) == {"etag"}


def test_a_page_like_any_other_is_left_alone() -> None:
    event = answered()
    assert run("AnswersFunction", event) == [event["response"]]


@pytest.mark.parametrize("name", ["PagesFunction", "FunctionsFunction", "AnswersFunction"])
def test_a_function_is_small_enough(name: str) -> None:
    assert len(STACKS["live"].properties(name)["FunctionCode"].encode()) < MOST_BYTES
