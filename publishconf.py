"""Pelican's settings for the shop as it is published. Fails when a needed setting is missing."""

import os
import sys

sys.path.append(os.curdir)
from pelicanconf import *  # noqa: F403

SITEURL = os.environ.get("SHOP_URL", "").rstrip("/")
if not SITEURL.startswith("https://"):
    found = f"is {SITEURL!r}, which shoppers cannot open safely" if SITEURL else "is not set"
    sys.exit(f"SHOP_URL {found}. Write the shop's address with https:// in front, as in SHOP_URL=https://shop.example")
