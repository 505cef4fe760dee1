"""`make serve`: the whole shop at one local address, built again whenever something is saved."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click
from rich.console import Console
from watchfiles import watch

from cli.builder import Builder
from cli.local_settings import local_settings, note_port, uses_standin
from functions.adapters.file_catalogue import every_variant
from functions.app import App, clock
from functions.local.mailbox import Mailbox
from functions.local.server import LocalShop, start
from functions.log import write_lines
from functions.service.reconcile import reconcile
from functions.service.stocking import declare

VAR = Path(os.environ.get("SHOP_VAR", "var"))  # where orders, mails and secrets are kept
WATCHED = ("content", "theme", "plugins", "pelicanconf.py")
RECONCILE_SECONDS = 15
DEBOUNCE = 400  # milliseconds at most that changes are collected while more keep coming
LOOK = 200  # milliseconds until it is looked whether anything was saved
console = Console(highlight=False)


@click.command()
@click.option(
    "--port",
    default=8000,
    show_default=True,
    envvar="PORT",
    help="Where the shop is served; the stand-in takes the next one.",
)
@click.option("--watch/--no-watch", "watching", default=True, help="Build again and reload the browser on changes.")
def serve(port: int, watching: bool) -> None:
    """Serve the shop, its functions, test payments and mails on this machine."""
    _check_ports((port, port + 1) if uses_standin(os.environ) else (port,))
    settings = local_settings(os.environ, port, VAR)
    note_port(port, VAR)
    write_lines()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # however it is ended, it ends the stand-in too
    try:
        with ExitStack() as running:
            builder = Builder(settings)
            running.callback(builder.close)
            saved = watched() if watching else None
            _build_first(builder, saved)
            shop = _start(settings, port, running)
            _say(settings, port)
            _keep_up(shop, builder, settings, saved) if saved else threading.Event().wait()
    except KeyboardInterrupt:
        console.print(f"\nClosed. Carts, orders and mails are kept in {VAR}/.")


def _build_first(builder: Builder, saved: Iterator[set[str]] | None) -> None:
    """Build until it goes well: without pages there is nothing to serve."""
    if builder.build():
        return
    if saved is None:
        raise SystemExit(1)
    console.print("Mend the above and save; the shop opens as soon as it can be built.", style="yellow")
    for changes in saved:
        if builder.build(changes):
            return


def _start(settings: dict[str, str], port: int, running: ExitStack) -> LocalShop:
    app = App(settings)
    shop = LocalShop(
        functions=app, mails=Mailbox(VAR / "mail"), output=Path("output"), url=app.url, headers=app.headers_for
    )
    running.callback(start(shop, port))
    if uses_standin(os.environ):
        running.enter_context(_standin(app, settings, port + 1))
    running.enter_context(_every(RECONCILE_SECONDS, lambda: _reconcile(app)))
    _declare(app)
    return shop


def _declare(app: App) -> None:
    """Tell the store how much the product files say is on hand, as far as they say something new."""
    if Path("build/release.json").exists():
        declare(every_variant(Path("build")), app.store)


def _keep_up(shop: LocalShop, builder: Builder, settings: dict[str, str], saved: Iterator[set[str]]) -> None:
    """Build again after each change until Ctrl-C."""
    app = App(settings)
    for changes in saved:
        if builder.build(changes):
            _declare(app)
            shop.changed()
        else:
            console.print("The shop still shows the last good build. Mend the above and save.", style="yellow")


def watched() -> Iterator[set[str]]:
    """The files that are saved from now on, each time when pages are made of some of them; also what is saved while
    nobody waits for it, as during a build.
    """
    folders = (path for path in WATCHED if Path(path).exists())
    found = watch(*folders, raise_interrupt=True, debounce=DEBOUNCE, rust_timeout=LOOK, yield_on_timeout=True)
    next(found)  # it watches from its first step on
    return ({path for _, path in changes} for changes in found if changes)


@contextmanager
def _standin(app: App, settings: dict[str, str], port: int) -> Iterator[None]:
    """The payment stand-in as a process of its own, ended with the shop."""
    command = [
        *(sys.executable, "-m", "functions.local.standin"),
        *("--port", str(port), "--state", str(VAR / "payments.db")),
        *("--shop-name", app.catalogue.current().settings.name),
        *("--webhook-url", f"{app.url}/stripe/events"),
        *("--webhook-secret", settings["STRIPE_WEBHOOK_SECRETS"].split(",")[-1]),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


@contextmanager
def _every(seconds: float, act: Callable[[], None]) -> Iterator[None]:
    """Do something again and again beside the server, until the shop closes."""
    closed = threading.Event()

    def repeat() -> None:
        while not closed.wait(seconds):
            try:
                act()
            except Exception as error:  # the next round may go better
                console.print(f"Something went wrong: {error}", style="yellow")

    thread = threading.Thread(target=repeat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        closed.set()
        thread.join(timeout=10)


def _reconcile(app: App) -> None:
    """What the scheduler does in production: mend what was left undone."""
    release = app.catalogue.current()
    report = reconcile(
        store=app.store,
        payments=app.payments,
        mail=app.mail,
        clock=clock,
        codes=app.codes,
        write=app.letters.write,
        time_zone=release.settings.time_zone,
        release=release,
    )
    for failure in report.failures:
        console.print(f"Not settled yet: {failure}", style="yellow")


def _say(settings: dict[str, str], port: int) -> None:
    payments = f"http://127.0.0.1:{port + 1}/" if uses_standin(os.environ) else "Stripe, with your key"
    console.print(f"\n  Your shop   [bold]{settings['SHOP_URL']}/[/bold]")
    console.print(f"  Mails       {settings['SHOP_URL']}/_mail/")
    console.print(f"  Payments    {payments}")
    console.print("  Orders      .venv/bin/pouch orders")
    console.print("\n  Save a file in content/ and the page reloads. Ctrl-C closes the shop.\n")


def _check_ports(ports: tuple[int, ...]) -> None:
    """Say which port is in use before anything is started."""
    for port in ports:
        with socket.socket() as found:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                found.bind(("127.0.0.1", port))
            except OSError:
                other = f"PORT={ports[0] + 10} make serve"
                reason = f"Port {port} is in use. Close the other program, or take another port: {other}"
                raise click.ClickException(reason) from None
