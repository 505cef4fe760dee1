"""Axes of choice that the whole world has a word for, as far as an owner's word for one is known."""

from functools import cache

_WORDS = {
    "size": "size größe grösse taille talla tamaño taglia tamanho maat storlek størrelse koko méid",
    "color": "color colour farbe couleur colore cor kleur färg farve farge väri dath",
    "material": "material matière matériau materiale materiaal materiali ábhar",
    "pattern": "pattern muster motif motivo patrón patroon mönster mønster patrún",
}
_PROPERTIES = {word: name for name, words in _WORDS.items() for word in words.split()}


@cache
def axis_property(axis: str) -> str:
    """`size`, `color`, `material` or `pattern`, as schema.org and feeds call an axis; empty for any other."""
    return _PROPERTIES.get(axis.casefold(), "")
