"""What the owner writes, read and checked: `load` gives the whole content, or every fault in it."""

from plugins.content.collection import CollectionSource
from plugins.content.content import Content, load
from plugins.content.fault import ContentFaults, Fault
from plugins.content.page import Menu, PageSource, Question, Questions
from plugins.content.picture import ImageSource
from plugins.content.post import PostSource
from plugins.content.product import Contents, ProductSource, Safety, Status
from plugins.content.shop import HomeSource, ShopSource

__all__ = [
    "CollectionSource",
    "Content",
    "ContentFaults",
    "Contents",
    "Fault",
    "HomeSource",
    "ImageSource",
    "Menu",
    "PageSource",
    "PostSource",
    "ProductSource",
    "Question",
    "Questions",
    "Safety",
    "ShopSource",
    "Status",
    "load",
]
