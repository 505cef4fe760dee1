"""The plugin that Pelican loads; it only connects signals."""

from pelican import signals

from plugins.generator import ShopGenerator


def register() -> None:
    """Called by Pelican for each plugin named in its settings."""
    signals.get_generators.connect(_generator)


def _generator(_pelican: object) -> type[ShopGenerator]:
    return ShopGenerator
