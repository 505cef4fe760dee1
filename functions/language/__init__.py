"""The languages of the shop's own words: English, in which they are written, and those of the `.po` files here.

Build and functions both say them by `words_in`, which reads the compiled catalogues (`.mo`, made by
`make words`) with the standard library alone.
"""

from functions.language.words import ENGLISH, LANGUAGES, Words, words_in

__all__ = ["ENGLISH", "LANGUAGES", "Words", "words_in"]
