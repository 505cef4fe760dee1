"""The log: what a line says, and what it never says."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from functions.log import Event, JsonLines, Lines, allowed, note, write_json, write_lines
from functions.shop.errors import PaymentsUnavailable

SECRETS = ("ada@example.org", "Ada Byrne", "4 Quay Street", "4242 4242 4242 4242", "GIFT-8K2M-9QXD-4FTR-2ABC")


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """What is written, and logging as it was afterwards."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield io.StringIO()
    root.handlers[:] = before
    root.setLevel(level)


class AskedStripe(Exception):
    """As Stripe's library raises them: with the number of the request, and words that may quote a person."""

    request_id = "req_8Kx2mQ9fT4"


def ask() -> None:
    raise AskedStripe("No such customer: ada@example.org")


def fails() -> None:
    try:
        ask()
    except AskedStripe:
        raise PaymentsUnavailable("ada@example.org cannot pay") from None


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_has_time_level_event_and_fields(stream: io.StringIO) -> None:
    """All of it can be searched by machine."""
    write_json(stream)
    note(Event.ANSWERED, order="7K3M-9QXD-4FTR", method="GET", route="/order/<order_id>", status=200, milliseconds=12)
    [line] = lines(stream)
    assert str(line.pop("time")).endswith("+00:00")
    assert line == {
        "level": "info",
        "event": "A request was answered",
        "order": "7K3M-9QXD-4FTR",
        "method": "GET",
        "route": "/order/<order_id>",
        "status": 200,
        "milliseconds": 12,
    }


def test_of_an_error_its_class_its_cause_and_stripes_number_are_told(stream: io.StringIO) -> None:
    """Its words are not: they may quote a person."""
    write_json(stream)
    try:
        fails()
    except PaymentsUnavailable as error:
        note(Event.WAITING, error=error)
    [line] = lines(stream)
    assert (line["level"], line["error"], line["cause"]) == ("error", "PaymentsUnavailable", "AskedStripe")
    assert line["stripe_request"] == "req_8Kx2mQ9fT4"
    assert "ada" not in stream.getvalue()


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("field", ["order", "method", "route", "status", "error", "at", "stripe_request", "logger"])
def test_a_field_with_what_is_not_its_form_is_left_out(field: str, secret: str) -> None:
    """Whoever writes the wrong thing into the right field writes nothing."""
    assert allowed({field: secret}) == {}
    assert allowed({field: f"{secret}\n"}) == {}


def test_a_field_that_is_not_listed_is_left_out() -> None:
    assert allowed({"email": "ada@example.org", "count": 3}) == {"count": 3}


@pytest.mark.parametrize("formatter", [JsonLines(), Lines()])
def test_what_others_log_is_told_without_their_words(formatter: logging.Formatter) -> None:
    """A library logs whole requests when it is asked to; so might a hurried line of our own."""
    for name in ("stripe", "pouch", "ada@example.org"):
        record = logging.LogRecord(name, logging.ERROR, "x.py", 1, "Order of %s failed", ("ada@example.org",), None)
        assert "ada" not in formatter.format(record)
        assert "A library has something to say" in formatter.format(record)


def test_an_event_whose_fields_were_added_by_hand_says_no_more(stream: io.StringIO) -> None:
    """The list is asked again when the line is written."""
    write_json(stream)
    logging.getLogger("x").error("x", extra={"event": Event.FAILED, "fields": {"email": "ada@example.org"}})
    assert "ada" not in stream.getvalue()


def test_on_a_laptop_a_line_is_for_people_and_only_for_what_they_must_know(stream: io.StringIO) -> None:
    """Requests that went well are not told."""
    write_lines(stream)
    note(Event.ANSWERED, status=200)
    note(Event.NO_PAYMENT_PAGE, order="7K3M-9QXD-4FTR", error=PaymentsUnavailable("ada@example.org"))
    assert stream.getvalue()[8:] == "  An order got no payment page  order 7K3M-9QXD-4FTR  error PaymentsUnavailable\n"
