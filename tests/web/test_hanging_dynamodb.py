"""The same with orders in DynamoDB, which hangs at any call of a request; and with everything answering late (R35)."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from functions.adapters.aws.answers import Answer
from functions.adapters.aws.channel import READ, Channel
from functions.adapters.aws.channel import connect as connect_to
from functions.adapters.aws.credentials import Credentials
from functions.adapters.aws.s3 import Bucket
from functions.adapters.aws.signing import Call
from functions.adapters.dynamodb.calls import Client
from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.file_catalogue import every_variant
from functions.adapters.lines import Lines
from functions.adapters.s3_catalogue import S3Catalogue
from functions.app import App, clock
from functions.local.standin import Standin
from functions.service.stocking import declare
from tests.contract.post_office import post_office
from tests.emulator import new_table
from tests.living_shop import settings
from tests.small_shop import write_release
from tests.web.aws_shop import new_bucket, publish
from tests.web.conftest import URL
from tests.web.silent import late, silence
from tests.web.test_hanging import Ask, all_answer_in_time, bought, changes, hanging, looks

HANGS_AT = (0, 1, 2, 4, 7, 11)  # calls of a request that are answered


@pytest.fixture
def app(aws: str, tmp_path: Path, standin: Standin) -> App:
    """All functions, on a table and a release of their own."""
    write_release(tmp_path / "build")
    app = App(settings(URL, standin.url, tmp_path, tmp_path / "build") | {"SHOP_TABLE": new_table()})
    declare(every_variant(tmp_path / "build"), app.store)
    return app


class Line:
    """A store in DynamoDB whose calls lead, after so many of a thread, to a port that never answers."""

    def __init__(self, table: str, silent: int) -> None:
        self._good = connect_to("dynamodb", "")
        lines = Lines(f"http://127.0.0.1:{silent}")
        self._silent = Channel("dynamodb", lines, region="eu-central-1", credentials=Credentials())
        self._thread = threading.local()
        self.store = DynamoStore(table, Client(self))  # type: ignore[arg-type]  # it is asked as a channel is

    def hanging(self, answered: int, ask: Ask) -> Ask:
        """The same question, in which so many calls are answered."""

        def asked() -> int:
            self._thread.answered = answered
            return ask()

        return asked

    def ask(self, operation: str, request: Mapping[str, Any], version: str) -> dict[str, Any]:
        """As Channel.ask."""
        self._thread.answered -= 1
        led = self._good if self._thread.answered >= 0 else self._silent
        return led.ask(operation, request, version)


class Led:
    """A channel to S3 that leads, once it is told to, to a port that never answers."""

    def __init__(self, silent: int) -> None:
        self._now = connect_to("s3", "")
        lines = Lines(f"http://127.0.0.1:{silent}")
        self._silent = Channel("s3", lines, region="eu-central-1", credentials=Credentials())

    def hang(self) -> None:
        """From now on nothing is answered."""
        self._now = self._silent

    def send(self, call: Call, *, read: float = READ) -> Answer:
        """As Channel.send."""
        return self._now.send(call, read=read)


@pytest.mark.slow
@pytest.mark.parametrize("answered", [0, 2])
def test_every_route_answers_within_ten_seconds_when_s3_hangs_as_well(app: App, tmp_path: Path, answered: int) -> None:
    """The release in force is known, and nothing of its catalogue has been read."""
    name = new_bucket()
    publish(tmp_path / "build", name)
    with ExitStack() as held:
        silent = held.enter_context(silence())
        slow, line, s3 = hanging(app, tmp_path, silent, silent), Line(app.setting("SHOP_TABLE"), silent), Led(silent)
        slow.store = line.store
        slow.catalogue = S3Catalogue(Bucket(s3, f"/{name}/"), "main", clock)  # type: ignore[arg-type]  # as a channel
        slow.catalogue.current()
        s3.hang()
        orders = bought(app)
        asks = looks(slow, orders["shipped"]) | changes(slow, app, orders)
        all_answer_in_time({route: line.hanging(answered, ask) for route, ask in asks.items()})


@pytest.mark.slow
def test_every_route_answers_within_ten_seconds_whenever_dynamodb_begins_to_hang(app: App, tmp_path: Path) -> None:
    """Payment provider and mail server take a call and say nothing, and so does DynamoDB at one of its calls."""
    with ExitStack() as held:
        silent = held.enter_context(silence())
        slow, line = hanging(app, tmp_path, silent, silent), Line(app.setting("SHOP_TABLE"), silent)
        slow.store = line.store
        for some in (HANGS_AT[:2], HANGS_AT[2:4], HANGS_AT[4:]):
            asks: dict[str, Ask] = {}
            for answered in some:
                orders = bought(app)
                of_all = looks(slow, orders["shipped"]) if answered < 2 else {}
                of_all |= changes(slow, app, orders)
                asks |= {f"{name}, {answered}": line.hanging(answered, ask) for name, ask in of_all.items()}
            all_answer_in_time(asks)


@pytest.fixture
def everything_late(app: App, standin: Standin, tmp_path: Path, aws: str) -> Iterator[App]:
    """The same shop, in which all that it needs answers, after seconds: whatever is said in one go waits as one."""
    with ExitStack() as held:
        stripe = held.enter_context(late(urlsplit(standin.url).port or 0, 2))
        smtp = held.enter_context(late(held.enter_context(post_office()).port, 2))
        table = held.enter_context(late(urlsplit(aws).port or 0, 0.7))
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{table}")
            made = hanging(app, tmp_path, stripe, smtp)
            made.store = DynamoStore(app.setting("SHOP_TABLE"))
        yield made


@pytest.mark.slow
def test_every_route_answers_within_ten_seconds_when_everything_is_late(app: App, everything_late: App) -> None:
    """No call takes long enough to be given up, and together they would take far too long."""
    all_answer_in_time(changes(everything_late, app, bought(app)))
