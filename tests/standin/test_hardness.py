"""Whatever is sent to it, the stand-in itself does not break."""

from typing import Any
from urllib.parse import urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from functions.local.standin import Standin
from functions.local.standin.api import OPERATIONS
from tests.standin.conftest import wanted

NAMES = st.sampled_from(
    [
        "mode", "success_url", "expires_at", "line_items[0][quantity]", "line_items[0][price_data][currency]",
        "line_items[0][price_data][unit_amount_decimal]", "line_items[0][price_data][product_data][images][0]",
        "discounts[0][coupon]", "metadata[a]", "metadata", "expand[0]", "expand[1]", "limit", "created[gte]",
        "amount", "charge", "payment_intent", "percent_off", "amount_off", "currency", "url", "id",
        "enabled_events[0]", "starting_after", "custom_text[submit]", "customer_details[email]",
    ]
)  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(["", "payment", "eur", "1e999999", "-1", "http://[", "http://127.0.0.1:99999/", "NaN"]),
    st.sampled_from(["payment_method_types.x", "line_items.data.price", "metadata.a", "data.x", "*", "9" * 30]),
    st.text(max_size=12),
)


@given(st.sampled_from(list(OPERATIONS)), st.lists(st.tuples(NAMES | st.text(max_size=8), VALUES), max_size=5))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_request_to_the_api_breaks_it(standin: Standin, call: tuple[str, str], pairs: list[tuple[str, str]]) -> None:
    method, path = call
    browser = Client(standin.app)
    pairs = [*flat(wanted()), *pairs] if path == "/v1/checkout/sessions" and method == "POST" else pairs
    sent = urlencode(pairs, errors="replace")
    headers = {"Authorization": "Bearer sk_test_1"}
    answer = browser.open(
        path.replace("<name>", "x"),
        method=method,
        headers=headers,
        query_string="" if method == "POST" else sent,
        data=sent if method == "POST" else None,
        content_type="application/x-www-form-urlencoded" if method == "POST" else None,
    )
    assert answer.status_code in (200, 400, 404)


def flat(value: Any, name: str = "") -> list[tuple[str, str]]:
    """Parameters as the library would send them."""
    if isinstance(value, dict | list):
        entries = value.items() if isinstance(value, dict) else enumerate(value)
        return [pair for key, entry in entries for pair in flat(entry, f"{name}[{key}]" if name else str(key))]
    return [(name, str(value))]


@given(st.dictionaries(st.sampled_from(["email", "name", "number", "expiry", "use", "country"]), st.text()))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_typed_into_the_payment_page_breaks_it(standin: Standin, typed: dict[str, str]) -> None:
    browser = Client(standin.app)
    sent = urlencode(flat(wanted()))
    headers = {"Authorization": "Bearer sk_test_1"}
    made = browser.post(
        "/v1/checkout/sessions",
        data=sent,
        headers=headers,
        content_type="application/x-www-form-urlencoded",
    )
    answer = browser.post(f"/pay/{made.get_json()['id']}", data=typed)
    assert answer.status_code == 422
    assert "<script" not in answer.text
