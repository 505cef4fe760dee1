"""Packages: one zip for each group of functions, small, and the same whoever makes it."""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from functions.adapters.file_catalogue import FileCatalogue
from functions.language.words import LANGUAGES, SOURCE
from release.bytecode import compiled, version
from release.groups import GROUPS, Group
from release.leaks import find_leaks
from release.package_error import PackageFailed
from release.page_code import templates
from release.tracing import loaded
from release.wheels import LEAN, RUNTIME

_THEN = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name
_MODE, _UNIX = 0o100644 << 16, 3  # a file that everybody may read
START = LEAN / "start.py"
# Folders of which all modules go along once one is loaded: which of them the next request needs, no start shows.
_WHOLE = ("itsdangerous jinja2 markupsafe reportlab/lib reportlab/pdfbase reportlab/pdfgen stripe werkzeug").split()
# What of them no function uses: descriptions of types, events as the library would read them, servers, other ways.
_NEVER = tuple(
    "jinja2/async_utils.py jinja2/sandbox.py stripe/events/ stripe/params/ stripe/v2/ werkzeug/debug/ "
    "werkzeug/middleware/ werkzeug/_reloader.py werkzeug/serving.py werkzeug/test.py werkzeug/testapp.py".split()
)
_DATA = {"stripe": ("stripe/data/ca-certificates.crt",)}
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
    """Where packages are made of the shop in `root` and of `wheels`, by what, and whether that compiles for the
    runtime. `language` is the shop's, such as `de`.
    """

    root: Path
    wheels: Path
    python: Path
    compiles: bool
    language: str


def make_packages(
    root: Path,
    target: Path,
    *,
    wheels: Path,
    python: Path,
    runtime: str = RUNTIME,
    groups: Iterable[Group] = GROUPS.values(),
) -> Iterator[Package]:
    """Write `<group>.zip` for each group into a folder, one after the other, for the shop that was built last.

    With a `python` of the runtime's version they hold byte-code, else sources. Raises PackageFailed, and NoRelease
    before the first build.
    """
    settings = FileCatalogue(root / "build", lambda: 0).current().settings
    workshop = Workshop(root, wheels, python, version(python) == runtime, settings.language.partition("-")[0])
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for group in groups:
            files = without_leaks(group.name, _files(group, workshop, Path(folder)))
            yield _zipped(group, files, target / f"{group.name}.zip", runtime if workshop.compiles else "")


def without_leaks(group: str, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The same files. Raises PackageFailed when a secret is in one of them (R33)."""
    found = [leak for name, content in files.items() for leak in find_leaks(f"{group}.zip/{name}", content)]
    if found:
        raise PackageFailed("\n".join([*map(str, found), "Nothing was packed."]))
    return files


def _files(group: Group, workshop: Workshop, folder: Path) -> dict[str, bytes]:
    """All that is in a package, by name. What is made on the way lies in a folder, for the next group as well."""
    root, wheels, ready = workshop.root, workshop.wheels, folder / f"{group.name}.bin"
    sources = _modules(loaded(group, workshop.python, root, wheels, ready), workshop)
    pages = templates(group, root, wheels, workshop.python, folder / f"{group.name}-templates")
    files = {**_data(workshop, set(sources)), **{_name(path, workshop): path for path in pages.written}}
    if workshop.compiles:
        place = f"build/templates/compiled/{workshop.language}"
        files |= compiled(
            {f"{place}/{path.name}": path for path in pages.compiled}, workshop.python, folder / f"{group.name}-pages"
        )
        files |= compiled({**sources, "functions/__init__.py": START}, workshop.python, folder / "code")
        files["functions/ready.bin"] = ready
    else:
        files |= sources
    return {name: path.read_bytes() for name, path in files.items()}


def _modules(found: Iterable[Path], workshop: Workshop) -> dict[str, Path]:
    """Sources by their names in the package."""
    named = {_name(path, workshop): path for path in found if path.suffix == ".py"}
    for folder in _WHOLE:
        begun = any(name.startswith(f"{folder}/") for name in named)
        paths = (workshop.wheels / folder).rglob("*.py") if begun else ()
        named |= {_name(path, workshop): path for path in paths if not _name(path, workshop).startswith(_NEVER)}
    return named


def _name(path: Path, workshop: Workshop) -> str:
    base = workshop.wheels if path.is_relative_to(workshop.wheels) else workshop.root
    return path.relative_to(base).as_posix()


def _data(workshop: Workshop, modules: set[str]) -> dict[str, Path]:
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


def _zipped(group: Group, files: Mapping[str, bytes], path: Path, python: str) -> Package:
    """Write a zip that depends on its files' names and content alone."""
    said = json.dumps({"group": group.name, "bytecode": python}).encode()
    with zipfile.ZipFile(path, "w") as made:
        for name, content in sorted({**files, "package.json": said}.items()):
            entry = zipfile.ZipInfo(name, _THEN)
            entry.external_attr, entry.create_system = _MODE, _UNIX
            made.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    content = path.read_bytes()
    return Package(group.name, path, len(content), hashlib.sha256(content).hexdigest(), python)
