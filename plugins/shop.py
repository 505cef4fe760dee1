"""The plugin that Pelican loads; it only connects signals."""

from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from pelican import Pelican, signals

from plugins.editor.schemas import write_schemas
from plugins.generator import ShopGenerator
from plugins.signals import release_written
from plugins.template_code import compiled_folder


def register() -> None:
    """Called by Pelican for each plugin named in its settings."""
    signals.initialized.connect(_keep_templates)
    signals.get_generators.connect(_generator)
    release_written.connect(_schemas)


def _keep_templates(pelican: Pelican) -> None:
    """Keep Pelican's own templates compiled: it loads four for articles that a shop does not have."""
    if folder := compiled_folder(Path(pelican.settings["THEME"])):
        cache = FileSystemBytecodeCache(str(folder), "__pelican_%s.cache")
        pelican.settings["JINJA_ENVIRONMENT"]["bytecode_cache"] = cache


def _generator(_pelican: object) -> type[ShopGenerator]:
    return ShopGenerator


def _schemas(_release_id: str, build: Path) -> None:
    write_schemas(build)
