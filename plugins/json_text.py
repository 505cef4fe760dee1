"""Texts as JSON by Python's own encoder, without what `json.dumps` prepares for each call."""

from collections.abc import Callable
from json.encoder import encode_basestring, encode_basestring_ascii

quoted: Callable[[str], str] = encode_basestring
"""Whatever is not ASCII stays as it is."""
quoted_ascii: Callable[[str], str] = encode_basestring_ascii
