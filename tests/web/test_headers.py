"""Security headers: the same everywhere, but for the one script that runs compiled code."""

import pytest

from functions.web.headers import SEARCH, SEARCH_WORKER, headers_for

STRIPE = "https://checkout.stripe.com"


@pytest.mark.parametrize("path", ["/", "/cart", "/search/", f"{SEARCH}pagefind.js", f"{SEARCH_WORKER}/x"])
def test_no_page_may_run_compiled_or_foreign_code(path: str) -> None:
    headers = headers_for(path, STRIPE, https=True)
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert policy.endswith(f"form-action 'self' {STRIPE}")
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("path", "leads"), [("/download/abc", True), ("/download", False), ("/cart", False), ("/", False)]
)
def test_only_the_form_of_a_file_may_lead_to_where_large_files_are(path: str, leads: bool) -> None:
    """And where none are, it leads where all others lead."""
    files = "https://maps.s3.eu-central-1.amazonaws.com"
    policy = headers_for(path, STRIPE, https=True, files_origin=files)["Content-Security-Policy"]
    assert policy.endswith(f"form-action 'self' {STRIPE}" + (f" {files}" if leads else ""))
    assert headers_for(path, STRIPE, https=True)["Content-Security-Policy"].endswith(f"form-action 'self' {STRIPE}")


def test_only_the_searchs_worker_may_run_compiled_code() -> None:
    headers = headers_for(SEARCH_WORKER, STRIPE, https=False)
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in headers
