"""A whole shop on free local ports: real server, real database, real Stripe library, the payment stand-in."""

import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from functions.adapters.file_catalogue import every_variant
from functions.app import App
from functions.local.mailbox import Mailbox
from functions.local.server import LocalShop, start
from functions.local.standin import Settings, Standin, running_standin
from functions.service.stocking import declare

WEBHOOK_SECRET = "whsec_" + "0" * 32
SECRET_KEY = "a secret for nothing but tests"


@dataclass(frozen=True, slots=True)
class LivingShop:
    """A running shop: its address, its parts, the stand-in, and the folder that its mails go to."""

    url: str
    app: App
    standin: Standin
    mail_folder: Path

    def mails(self) -> list[EmailMessage]:
        """Every mail sent once the shop has heard all the news, the oldest first."""
        assert self.standin.wait_until_delivered()
        paths = sorted(self.mail_folder.glob("*.eml"))
        return [message_from_bytes(path.read_bytes(), policy=default) for path in paths]

    def stock(self, sku: str) -> tuple[int, int]:
        """On hand and reserved of a SKU."""
        stock = self.app.store.stock([sku])[sku]
        return stock.on_hand, stock.reserved


@contextmanager
def living_shop(var: Path, *, build: Path, output: Path) -> Iterator[LivingShop]:
    """Run a shop on a build until the block ends."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    hook = Settings(webhook_url=f"{url}/stripe/events", webhook_secret=WEBHOOK_SECRET, settle_after=2)
    with running_standin(hook) as standin:
        app = App(settings(url, standin.url, var, build))
        shop = LocalShop(
            functions=app,
            mails=Mailbox(var / "mail"),
            output=output,
            url=url,
            headers=app.headers_for,
            build=build,
            reload=False,
        )
        declare(every_variant(build), app.store)
        stop = start(shop, port)
        try:
            yield LivingShop(url, app, standin, var / "mail")
        finally:
            stop()


def settings(url: str, stripe: str, var: Path, build: Path) -> dict[str, str]:
    """What functions/configuration.py reads from the environment."""
    return {
        "SHOP_URL": url,
        "SHOP_BUILD": str(build),
        "SHOP_DATABASE": str(var / "shop.db"),
        "SHOP_SECRET_KEYS": SECRET_KEY,
        "STRIPE_SECRET_KEY": "sk_test_standin",
        "STRIPE_API_BASE": stripe,
        "STRIPE_WEBHOOK_SECRETS": WEBHOOK_SECRET,
        "MAIL_FOLDER": str(var / "mail"),
    }


def free_port() -> int:
    """A port that nobody uses at this moment, nor the next one, below those that the system gives to anybody."""
    for _ in range(100):
        port = 10_000 + 2 * secrets.randbelow(10_000)
        if _is_free(port) and _is_free(port + 1):
            return port
    raise AssertionError("No two ports in a row are free.")


def _is_free(port: int) -> bool:
    with socket.socket() as found:
        try:
            found.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
