"""The settings of a shop on a laptop: what the environment says, and for the rest what works at once."""

import json
import secrets
from collections.abc import Mapping
from pathlib import Path

USUAL_PORT = "8000"
SECRETS = {"SHOP_SECRET_KEYS": "", "STRIPE_WEBHOOK_SECRETS": "whsec_", "STANDIN_KEY": "sk_test_standin"}


def local_settings(environ: Mapping[str, str], port: int, var: Path) -> dict[str, str]:
    """The environment for functions/app.py. Secrets are made once and kept in `var/`, which never leaves the laptop."""
    made = _secrets(var / "secrets.json")
    here = {
        "PORT": str(port),
        "SHOP_URL": f"http://127.0.0.1:{port}",
        "SHOP_BUILD": "build",
        "SHOP_DATABASE": str(var / "shop.db"),
        "SHOP_SECRET_KEYS": made["SHOP_SECRET_KEYS"],
        "STRIPE_WEBHOOK_SECRETS": made["STRIPE_WEBHOOK_SECRETS"],
    }
    if not environ.get("SMTP_HOST"):
        here["MAIL_FOLDER"] = str(var / "mail")
    if not environ.get("STRIPE_SECRET_KEY"):
        here["STRIPE_SECRET_KEY"] = made["STANDIN_KEY"]
        here["STRIPE_API_BASE"] = f"http://127.0.0.1:{port + 1}"
    return here | {name: value for name, value in environ.items() if value and name not in {"PORT", "SHOP_URL"}}


def note_port(port: int, var: Path) -> None:
    """Leave a note of where the shop is served, for the owner's commands in another terminal."""
    (var / "port").write_text(str(port))


def noted_port(var: Path) -> str:
    """The port on which the shop was served last; the usual one before the first time."""
    note = var / "port"
    return note.read_text() if note.exists() else USUAL_PORT


def uses_standin(environ: Mapping[str, str]) -> bool:
    """Whether payments go to the stand-in: as long as the owner has named no Stripe key."""
    return not environ.get("STRIPE_SECRET_KEY")


def _secrets(path: Path) -> dict[str, str]:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(json.dumps({name: prefix + secrets.token_hex(24) for name, prefix in SECRETS.items()}))
    made: dict[str, str] = json.loads(path.read_text())
    return made
