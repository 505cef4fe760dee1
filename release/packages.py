"""Packages: one zip for each group of functions, small, and the same whoever makes it."""

import hashlib
import json
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from functions.adapters.file_catalogue import FileCatalogue
from functions.language.words import LANGUAGES, SOURCE
from release.bytecode import compiled, version
from release.groups import GROUPS, Group
from release.page_code import templates
from release.tracing import loaded
from release.wheels import PYTHON, unpacked

_THEN = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name
_MODE = 0o100644 << 16
# Packages of which all modules go along once one is loaded: which of them the next request needs, no start shows.
_WHOLE = frozenset({"jinja2", "markupsafe", "requests", "urllib3", "idna", "certifi", "charset_normalizer", "stripe"})
# What of them no function uses: descriptions of types, events as the library would read them, other ways to connect.
_NEVER = (
    "stripe/params/",
    "stripe/events/",
    "stripe/v2/",
    "urllib3/contrib/",
    "jinja2/async_utils.py",
    "jinja2/sandbox.py",
)
_DATA = {"certifi": ("certifi/cacert.pem",), "stripe": ("stripe/data/ca-certificates.crt",)}
_NATIVE = frozenset({"markupsafe"})
"""Packages whose machine code goes along. Pillow's and others' stays: invoices have no pictures."""


@dataclass(frozen=True, slots=True)
class Package:
    """A zip. `python` is what its byte-code is for; empty when it has sources instead."""

    group: str
    path: Path
    size: int
    sha256: str
    python: str


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where packages are made of the shop in `root`, and what by. `language` is the shop's, such as `de`."""

    root: Path
    python: Path
    language: str
    wheels: Path


def make_packages(root: Path, target: Path, *, cache: Path, python: Path = Path(sys.executable)) -> Iterator[Package]:
    """Write `<group>.zip` for each group into a folder, one after the other, for the shop that was built last.

    Raises PackageFailed, and NoRelease before the first build.
    """
    settings = FileCatalogue(root / "build", lambda: 0).current().settings
    language = settings.language.partition("-")[0]
    workshop = Workshop(root, python, language, unpacked(root / "requirements-functions.lock", cache))
    target.mkdir(parents=True, exist_ok=True)
    for group in GROUPS.values():
        with tempfile.TemporaryDirectory() as folder:
            yield _packed(group, workshop, Path(folder), target / f"{group.name}.zip")


def _packed(group: Group, workshop: Workshop, folder: Path, path: Path) -> Package:
    sources = _modules(group, workshop)
    found = version(workshop.python)
    code = compiled(sources, workshop.python, folder / "code") if found == PYTHON else sources
    pages = templates(group, workshop.root, workshop.wheels, workshop.python, folder / "templates")
    beside = {**_files(workshop, set(sources)), **{_name(path, workshop): path for path in pages.written}}
    if found == PYTHON:
        place = f"build/templates/compiled/{workshop.language}"
        became = {f"{place}/{path.name}": path for path in pages.compiled}
        beside |= compiled(became, workshop.python, folder / "pages")
    files = {name: path.read_bytes() for name, path in {**code, **beside}.items()}
    python = found if found == PYTHON else ""
    files["package.json"] = json.dumps({"group": group.name, "bytecode": python}).encode()
    content = _zipped(files, path)
    return Package(group.name, path, len(content), hashlib.sha256(content).hexdigest(), python)


def _modules(group: Group, workshop: Workshop) -> dict[str, Path]:
    """Sources by their names in the package."""
    found = loaded(group, workshop.python, workshop.root, workshop.wheels)
    named = {_name(path, workshop): path for path in found if path.suffix == ".py"}
    whole = {name.partition("/")[0] for name in named} & _WHOLE
    for package in sorted(whole):
        paths = (workshop.wheels / package).rglob("*.py")
        named |= {_name(path, workshop): path for path in paths if not _name(path, workshop).startswith(_NEVER)}
    return named


def _name(path: Path, workshop: Workshop) -> str:
    base = workshop.wheels if path.is_relative_to(workshop.wheels) else workshop.root
    return path.relative_to(base).as_posix()


def _files(workshop: Workshop, modules: set[str]) -> dict[str, Path]:
    """What is neither module nor template: words, fonts, certificates, and machine code for AWS's machines."""
    root, packages = workshop.root, {name.partition("/")[0] for name in modules}
    paths: list[Path] = []
    if workshop.language in LANGUAGES - {SOURCE}:
        paths.append(root / "functions" / "language" / f"{workshop.language}.mo")
    if "functions/adapters/invoice_pdf.py" in modules:
        paths += (root / "functions" / "adapters" / "fonts").glob("*.ttf")
    for package in sorted(packages):
        paths += [workshop.wheels / name for name in _DATA.get(package, ())]
        paths += (workshop.wheels / package).glob("*.so") if package in _NATIVE else ()
    return {_name(path, workshop): path for path in paths}


def _zipped(files: Mapping[str, bytes], path: Path) -> bytes:
    """The content of a zip that depends on its files' names and content alone. It is written to `path`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _THEN)
            entry.external_attr, entry.create_system, entry.compress_type = _MODE, 3, zipfile.ZIP_DEFLATED
            made.writestr(entry, files[name])
    return path.read_bytes()
