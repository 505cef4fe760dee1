"""Pelican's settings for the shop as it is published. Fails when a needed setting is missing."""

import os
import sys

sys.path.append(os.curdir)
from pelicanconf import *  # noqa: F403

SITEURL = os.environ.get("SHOP_URL", "").rstrip("/")
if not SITEURL.startswith("https://"):
    sys.exit("SHOP_URL is not set. Write the shop's address, as in: SHOP_URL=https://shop.example make html")
