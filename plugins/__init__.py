"""What Pelican needs to build a shop. Its entry for Pelican is plugins/shop.py."""
