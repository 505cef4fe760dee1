"""The plugin that Pelican loads; it only connects signals."""

from pathlib import Path

from pelican import signals

from plugins.editor.schemas import write_schemas
from plugins.generator import ShopGenerator
from plugins.signals import release_written


def register() -> None:
    """Called by Pelican for each plugin named in its settings."""
    signals.get_generators.connect(_generator)
    release_written.connect(_schemas)


def _generator(_pelican: object) -> type[ShopGenerator]:
    return ShopGenerator


def _schemas(_release_id: str, build: Path) -> None:
    write_schemas(build)
