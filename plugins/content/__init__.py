"""What the owner writes, read and checked: `load` gives the whole content, or every fault in it."""

from plugins.content.collection import CollectionSource, read_collection
from plugins.content.content import Content, Readings, content_of, load
from plugins.content.contents import Contents
from plugins.content.facts import Facts
from plugins.content.fault import ContentFaults, Fault
from plugins.content.folder import Files, files_of
from plugins.content.page import Menu, PageSource, read_page
from plugins.content.picture import ImageSource
from plugins.content.post import PostSource, read_post
from plugins.content.product import ProductSource, read_product
from plugins.content.questions import Question, Questions
from plugins.content.reading import Reading
from plugins.content.safety import Safety
from plugins.content.shop import HomeSource, ShopSource, read_shop
from plugins.content.status import Status

__all__ = [
    "CollectionSource",
    "Content",
    "ContentFaults",
    "Contents",
    "Facts",
    "Fault",
    "Files",
    "HomeSource",
    "ImageSource",
    "Menu",
    "PageSource",
    "PostSource",
    "ProductSource",
    "Question",
    "Questions",
    "Reading",
    "Readings",
    "Safety",
    "ShopSource",
    "Status",
    "content_of",
    "files_of",
    "load",
    "read_collection",
    "read_page",
    "read_post",
    "read_product",
    "read_shop",
]
