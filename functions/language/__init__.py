"""The languages of the shop's own words: English, in which they are written, and those of the `.po` files here.

Build and functions both say their words through `words`, which reads the compiled catalogues (`.mo`, made by
`make words`) with the standard library alone.
"""

from functions.language.words import ENGLISH, LANGUAGES, Words, words

__all__ = ["ENGLISH", "LANGUAGES", "Words", "words"]
