"""Structured data: what search engines read, as schema.org JSON-LD (https://schema.org) in the shapes Google asks for.

Each function gives nodes, and `script` the text of the one script in which a page's nodes stand. There are many
products, so `product_data` and `breadcrumb_text` give nodes that are JSON already, for `script_of`.
"""

from plugins.structured_data.pages import article_data, breadcrumb_data, breadcrumb_text, list_data, questions_data
from plugins.structured_data.product import product_data
from plugins.structured_data.script import Json, script, script_of
from plugins.structured_data.shop import shop_data, site_data

__all__ = [
    "Json",
    "article_data",
    "breadcrumb_data",
    "breadcrumb_text",
    "list_data",
    "product_data",
    "questions_data",
    "script",
    "script_of",
    "shop_data",
    "site_data",
]
