"""The settings of a process, read from its environment and from where secrets are kept (docs/settings.md)."""

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from functions.shop.errors import BadSetting

if TYPE_CHECKING:
    from functions.adapters.ssm_settings import Secrets

STRIPE_API = "https://api.stripe.com"
STRIPE_CHECKOUT = "https://checkout.stripe.com"
MAIN = "main"
"""The site that is the shop itself; others are previews of branches (functions/previews.py)."""
SECRET = frozenset({"STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRETS", "SHOP_SECRET_KEYS", "SMTP_PASSWORD"})
"""Settings that may be kept below SHOP_SECRETS."""
BUILD = Path(__file__).parent.parent / "build"
_URL = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?", re.ASCII)


class Configuration:
    """What the settings in `environ` say. Each is read, and found wrong, when it is first asked for."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def setting(self, name: str, default: str | None = None) -> str:
        """One setting. Raises BadSetting when it is missing and has no default (see docs/settings.md)."""
        value = self._environ.get(name) or self._secret(name) or default
        if value is None:
            raise BadSetting(f"{name} is not set. See docs/settings.md for what it means and what to write.")
        return value

    def _secret(self, name: str) -> str:
        """A setting that is kept where secrets are; empty when that is nowhere."""
        return self._secrets.read(name) if name in SECRET and self._environ.get("SHOP_SECRETS") else ""

    @cached_property
    def _secrets(self) -> "Secrets":
        from functions.adapters.ssm_settings import Secrets

        return Secrets(self.setting("SHOP_SECRETS"))

    @property
    def _site(self) -> str:
        return self.setting("SHOP_SITE", MAIN)

    def _number(self, name: str, default: str) -> int:
        text = self.setting(name, default)
        if not text.isdecimal():
            raise BadSetting(f"{name} is {text!r}. Write a whole number, such as {default}.")
        return int(text)

    @cached_property
    def url(self) -> str:
        """The shop's own address, without a slash at the end."""
        url = self.setting("SHOP_URL").rstrip("/")
        if not _URL.fullmatch(url):
            raise BadSetting(f"SHOP_URL is {url!r}. Write it in small letters and without a path: https://shop.example")
        return url

    @cached_property
    def build(self) -> Path:
        """What a build has left for functions; beside them, wherever their process stands."""
        return Path(self.setting("SHOP_BUILD", str(BUILD)))

    @cached_property
    def live(self) -> bool:
        """Whether real money moves."""
        return self.setting("STRIPE_SECRET_KEY").startswith(("sk_live_", "rk_live_"))

    @cached_property
    def https(self) -> bool:
        return urlsplit(self.url).scheme == "https"

    @cached_property
    def _payment_origin(self) -> str:
        base = urlsplit(self.setting("STRIPE_API_BASE", STRIPE_API))
        return STRIPE_CHECKOUT if base.geturl() == STRIPE_API else f"{base.scheme}://{base.netloc}"
