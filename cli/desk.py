"""The desk: the shop as the owner's commands see it, what they ask, and how they end.

A command ends with 0 when it is done, 1 when it cannot be, 2 when it was typed wrongly, and 3 when trying again later
may help: the payment provider or the database did not answer.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import click

from cli.local_settings import local_settings, noted_port
from functions.app import App, clock
from functions.ports import Clock
from functions.service.acting import perform
from functions.service.finding import find_order
from functions.service.settlement import known, make_refunds
from functions.service.stocking import day
from functions.shop.acts import Act
from functions.shop.errors import (
    Conflict,
    IllegalTransition,
    PaymentRefused,
    PaymentsUnavailable,
    ShopError,
    StoreUnavailable,
    UnknownOrder,
)
from functions.shop.order import Order
from functions.shop.refunds import intended_refunds
from functions.shop.settings import Settings
from release.kind import LIVE, SANDBOX

REFUSED, AGAIN = 1, 3
F = TypeVar("F", bound=Callable[..., Any])
_AGAIN = (Conflict, PaymentsUnavailable, StoreUnavailable)


def this_shop() -> App:
    """The shop that POUCH_SHOP names, `live` or `sandbox`, as it runs at AWS; or else the one of `make serve`.

    A table that SHOP_TABLE names is then taken in place of the shop's own, such as one that was just restored. Without
    POUCH_SHOP, an environment that names a table must say everything: this machine's own secrets and its test payments
    belong to no other shop.
    """
    if name := os.environ.get("POUCH_SHOP"):
        return _at_aws(name)
    if os.environ.get("SHOP_TABLE"):
        return App(os.environ)
    var = Path(os.environ.get("SHOP_VAR") or "var")
    port = os.environ.get("PORT") or noted_port(var)
    if not port.isdecimal():
        raise Refused(f"PORT is {port!r}. Write a whole number, such as 8000.")
    return App(local_settings(os.environ, int(port), var))


def _at_aws(name: str) -> App:
    kinds = {kind.name: kind for kind in (LIVE, SANDBOX)}
    if name not in kinds:
        raise Refused(f"POUCH_SHOP is {name!r}. Write live or sandbox; unset it for the shop on this machine.")
    from release.running import own_keys, running_settings  # noqa: PLC0415 (boto3 is loaded only for a shop at AWS)

    settings = running_settings(os.environ.get("POUCH_STACK") or kinds[name].stack)
    os.environ.update(own_keys())
    restored = os.environ.get("SHOP_TABLE")
    return App({**settings, "SHOP_TABLE": restored} if restored else settings)


def somebody_is_there() -> bool:
    """Whether a person can answer a question."""
    return sys.stdin.isatty()


@dataclass(frozen=True)
class Desk:
    """The shop, the clock by which the owner works, and whether somebody is there to answer."""

    app: App = field(default_factory=this_shop)
    clock: Clock = clock
    terminal: bool = field(default_factory=somebody_is_there)

    @property
    def settings(self) -> Settings:
        return self.app.catalogue.current().settings

    @property
    def today(self) -> str:
        """The day (ISO 8601) where the shop is."""
        return day(self.app.catalogue.current(), self.clock())

    def find(self, number: str) -> Order:
        """The order that a number, or its beginning, leads to."""
        try:
            return find_order(number, self.app.store)
        except UnknownOrder as error:
            raise Refused(f"{error} To look for it by name or e-mail: pouch orders --search NAME") from error

    def act(self, order: Order, act: Act) -> Order:
        """Do something to an order. What is refused says what can be done instead."""
        shop = self.app
        try:
            return perform(order.id, act, store=shop.store, payments=shop.payments, clock=self.clock, codes=shop.codes)
        except IllegalTransition as error:
            raise Refused(f"{error} What can be done with it: pouch show {order.id}") from error

    def pay_back(self, order: Order) -> Order:
        """Make the refunds that are written down and not yet made. Stripe is asked for each before it is made (R7)."""
        try:
            return make_refunds(order, store=self.app.store, payments=self.app.payments, clock=self.clock)
        except PaymentsUnavailable as error:
            raise Refused(f"{error} {_WRITTEN_DOWN}", AGAIN) from error
        except PaymentRefused as error:
            raise Refused(f"{error} {_WRITTEN_DOWN} Look at the payment in Stripe's dashboard.") from error

    def act_and_pay(self, order: Order, act: Act) -> Order:
        """Do something by which money goes back, and see that it went."""
        done = self.act(order, act)
        return self.pay_back(known(done.id, self.app.store)) if intended_refunds(done) else done

    def confirm(self, question: str, *, yes: bool) -> None:
        """Ask before money moves or something is lost. Raises UsageError when nobody is there to answer."""
        confirm(question, yes=yes, terminal=self.terminal)


def confirm(question: str, *, yes: bool, terminal: bool) -> None:
    """Ask, unless somebody said yes. Raises UsageError when nobody is there to answer."""
    if yes:
        return
    if not terminal:
        raise click.UsageError(f"Nobody is here to answer: {question} Add --yes to do it without being asked.")
    if not click.confirm(question, err=True):
        raise Refused("Nothing was changed.")


class Refused(click.ClickException):
    """A command that cannot be done, with a sentence that says why and what to do next."""

    def __init__(self, message: str, exit_code: int = REFUSED) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click reads it from the one that is raised


class OwnerCommand(click.Command):
    """A command whose errors of the shop end it with a sentence and a code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        try:
            return super().invoke(ctx)
        except ShopError as error:
            code = AGAIN if isinstance(error, _AGAIN) else REFUSED
            raise Refused(f"{error}{' Try again in a minute.' if code == AGAIN else ''}", code) from error


class OwnerGroup(click.Group):
    """Several commands of one noun, such as `pouch stock set`."""

    command_class = OwnerCommand


pass_desk = click.make_pass_decorator(Desk, ensure=True)


def json_option(command: F) -> F:
    """`--json`: for programs."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(command)


def yes_option(command: F) -> F:
    """`--yes`: for scripts."""
    return click.option("--yes", is_flag=True, help="Do not ask before doing it.")(command)


_WRITTEN_DOWN = (
    "What is to go back is written down. The shop makes it by itself, once, as soon as it can; "
    "typing the command again goes on with it."
)
