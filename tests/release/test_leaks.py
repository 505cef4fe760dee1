"""Leaks: planted secrets are found wherever they are, and nothing else is taken for one (R33)."""

from pathlib import Path

import pytest

from release.leaks import find_leaks
from release.package_error import PackageFailed
from release.packages import without_leaks

ROOT = Path(__file__).parents[2]
CANARIES = {
    "whsec_" + "abcdEFGH12345678": "a webhook secret of Stripe",
    "AKIA" + "ABCDEFGHIJKLMNOP": "an access key of AWS",
    "aws_secret_access_key = " + "a" * 40: "a secret of AWS",
    '{"key_sk_' + 'live_51HxAbCdEfGhIj"': "a secret key of Stripe",
    "secretAccessKey: '" + "b" * 40: "a secret of AWS",
    **{f"{kind}k_{mode}_" + "51HxAbCdEfGhIj": "a secret key of Stripe" for kind in "sr" for mode in ("live", "test")},
    **{f"gh{kind}_" + "a1" * 18: "a token of GitHub" for kind in "pousr"},
    "ASIA" + "ABCDEFGHIJKLMNOP": "an access key of AWS",
    "AWS_SECRET_ACCESS_KEY=" + "a" * 40: "a secret of AWS",
    "SecretAccessKey: " + "a" * 40: "a secret of AWS",
    "-----BEGIN " + "PRIVATE KEY-----": "a private key",
    "github_pat_" + "a1" * 20: "a token of GitHub",
    "-----BEGIN RSA " + "PRIVATE KEY-----": "a private key",
}


@pytest.mark.parametrize("canary", CANARIES)
def test_a_planted_secret_is_found_and_not_shown(canary: str) -> None:
    found = find_leaks("output/index.html", f"<p>\n\n{canary}</p>".encode())
    said = f"output/index.html:3: this looks like {CANARIES[canary]}; take it out, and have a new one made"
    assert [str(leak) for leak in found] == [said]


def test_the_shops_own_secrets_are_found_however_they_look() -> None:
    found = find_leaks("a.json", b'{"x": "correct horse battery"}', ["correct horse battery", "short"])
    assert [str(leak) for leak in found] == [
        "a.json:1: this looks like a secret of this shop; take it out, and have a new one made"
    ]
    assert find_leaks("a.json", b"short", ["short"]) == []


@pytest.mark.parametrize("text", ["sk_test_", "whsec_", "AKIA", "sk_live_…", "the BEGIN PRIVATE KEY line"])
def test_what_only_names_a_secret_is_none(text: str) -> None:
    assert find_leaks("docs/settings.md", text.encode()) == []


def test_nothing_in_the_demo_shop_is_taken_for_a_secret() -> None:
    texts = [path for folder in ("content", "theme") for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert [leak for path in texts for leak in find_leaks(path.name, path.read_bytes())] == []


def test_a_package_with_a_secret_in_it_is_not_made() -> None:
    with pytest.raises(PackageFailed, match=r"cart\.zip/a\.py:1: this looks like a secret key of Stripe"):
        without_leaks("cart", {"a.py": ("KEY = 'sk_" + "live_51HxAbCdEfGhIj'").encode()})
