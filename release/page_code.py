"""The templates that functions use, and the Python that these become in the shop's language."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from release.groups import Group
from release.package_error import PackageFailed

_PROGRAM = """
import json, sys
from pathlib import Path
root, wheels, folder, kinds = json.loads(sys.argv[1])
sys.path[:0] = [root, wheels]
sys.dont_write_bytecode = True
from jinja2.meta import find_referenced_templates
from functions.adapters.file_catalogue import FileCatalogue
from functions.web.templates import environment

build = Path(root, "build")
settings = FileCatalogue(build, lambda: 0).current().settings
made = environment((build / "templates", Path(root, "theme", "templates")), settings)
made.optimized = False  # nothing of today's settings is to stand in them
to_do, found = [name for name in made.list_templates() if name.startswith(tuple(kinds))], {}
while to_do:
    name = to_do.pop()
    if name not in found:
        source, found[name], _ = made.loader.get_source(made, name)
        to_do += [each for each in find_referenced_templates(made.parse(source)) if each]
made.compile_templates(folder, zip=None, ignore_errors=False, filter_func=found.__contains__)
print(json.dumps(sorted(found.values())))
"""


@dataclass(frozen=True, slots=True)
class Templates:
    """Templates as they are written, and the Python that each became."""

    written: tuple[Path, ...]
    compiled: tuple[Path, ...]


def templates(group: Group, root: Path, wheels: Path, python: Path, folder: Path) -> Templates:
    """What a group shows and writes. Mails have their styles inlined, as the build has left them."""
    if group.mails and not (root / "build" / "templates" / "mail").is_dir():
        raise PackageFailed("The mails' templates are not built yet. Build the shop first: make html")
    kinds = ["functions/", *(["mail/"] if group.mails else [])]
    asked = json.dumps([str(root), str(wheels), str(folder), kinds])
    command = [str(python), "-I", "-S", "-c", _PROGRAM, asked]
    surroundings = {"PYTHONHASHSEED": "0"}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise PackageFailed(f"The templates could not be compiled:\n{done.stderr.strip()}")
    written = tuple(Path(name) for name in json.loads(done.stdout.splitlines()[-1]))
    return Templates(written, tuple(sorted(folder.glob("*.py"))))
