"""What the owner writes, read and checked: `load` gives the whole content, or every fault in it."""

from plugins.content.collection import CollectionSource, read_collection
from plugins.content.content import Content, Readings, content_of, load, newest_first, reference_faults
from plugins.content.contents import Contents
from plugins.content.coverage import coverage_faults
from plugins.content.facts import Facts
from plugins.content.fault import ContentFaults, Fault
from plugins.content.folder import Files, files_of
from plugins.content.list_format import ENGLISH, ListFormat, listed
from plugins.content.look import Look, look_at, visible_files
from plugins.content.page import Menu, PageSource, read_page
from plugins.content.picture import ImageSource, PictureFolder, picture_folder
from plugins.content.policies import policy_pages
from plugins.content.post import PostSource, read_post
from plugins.content.product import ProductSource, filled, packed_of, read_product, read_products
from plugins.content.promotions import Promotions, read_promotions
from plugins.content.questions import Question, Questions
from plugins.content.reading import Packed, Reading, References, findings_from_bytes, findings_to_bytes, sound
from plugins.content.safety import Safety
from plugins.content.shop import HomeSource, ShopSource, rate_ids, read_shop
from plugins.content.status import Status

__all__ = [
    "ENGLISH",
    "CollectionSource",
    "Content",
    "ContentFaults",
    "Contents",
    "Facts",
    "Fault",
    "Files",
    "HomeSource",
    "ImageSource",
    "ListFormat",
    "Look",
    "Menu",
    "Packed",
    "PageSource",
    "PictureFolder",
    "PostSource",
    "ProductSource",
    "Promotions",
    "Question",
    "Questions",
    "Reading",
    "Readings",
    "References",
    "Safety",
    "ShopSource",
    "Status",
    "content_of",
    "coverage_faults",
    "files_of",
    "filled",
    "findings_from_bytes",
    "findings_to_bytes",
    "listed",
    "load",
    "look_at",
    "newest_first",
    "packed_of",
    "picture_folder",
    "policy_pages",
    "rate_ids",
    "read_collection",
    "read_page",
    "read_post",
    "read_product",
    "read_products",
    "read_promotions",
    "read_shop",
    "reference_faults",
    "sound",
    "visible_files",
]
