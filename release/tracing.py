"""Which modules a group of functions needs: it is started by itself, and what was loaded then is what it needs."""

import json
import subprocess
from pathlib import Path

from release.groups import Group
from release.package_error import PackageFailed

# Settings with which every group starts. Nobody is asked for anything: no channel is used before there is a request.
_SETTINGS = {
    "AWS_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "SHOP_URL": "https://shop.example",
    "SHOP_BUCKET": "none",
    "SHOP_TABLE": "none",
    "SHOP_PREVIEWS": "yes",
    "SHOP_SECRET_KEYS": "to start with and no more",
    "STRIPE_SECRET_KEY": "sk_test_none",
    "STRIPE_WEBHOOK_SECRETS": "whsec_none",
    "MAIL_SES_CONFIGURATION_SET": "none",
    "MAIL_FUNCTION": "none:none",
}
_ALWAYS = ("functions.adapters.ssm_settings", "functions.adapters.s3_catalogue", "functions.adapters.dynamodb.store")
_PROGRAM = """
import _sre, dataclasses, importlib, json, marshal, re._compiler, sys
folders, modules, ready = json.loads(sys.argv[1])
sys.path[:0] = folders
sys.dont_write_bytecode = True
sys.modules["requests"] = None  # Stripe's library would take it if it were there; it has lines of ours
sources, patterns = set(), {}
def note(source, *names):
    sources.add(source)
    exec(source, *names)
dataclasses.exec = note
compile_pattern, make_pattern = re._compiler.compile, _sre.compile
def note_pattern(text, flags=0):
    def note_code(said, shown, code, *groups):
        if said is not None:
            patterns[said, int(flags)] = (int(shown), [int(number) for number in code], *groups)
        return make_pattern(said, shown, code, *groups)
    _sre.compile = note_code
    return compile_pattern(text, flags)
re._compiler.compile = note_pattern
for name in modules:
    importlib.import_module(name)
methods = {source: compile(source, "<methods>", "exec") for source in sorted(sources)}
found = {key: patterns[key] for key in sorted(patterns, key=repr)}
open(ready, "wb").write(marshal.dumps((methods, found, _sre.MAGIC)))
print(json.dumps([one.__file__ for one in [*sys.modules.values()] if getattr(one, "__file__", None)]))
"""


def loaded(group: Group, python: Path, root: Path, wheels: Path, ready: Path) -> list[Path]:
    """The files of modules in `root` and `wheels` that a group loads, in an interpreter that sees nothing else.

    The methods of its dataclasses and its regular expressions are written into the file `ready`, compiled (see
    release/lean/start.py).
    """
    asked = json.dumps([[str(root), str(wheels)], [group.entry, *group.later, *_ALWAYS], str(ready)])
    command = [str(python), "-I", "-S", "-c", _PROGRAM, asked]
    done = subprocess.run(command, env=_SETTINGS | {"PYTHONHASHSEED": "0"}, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise PackageFailed(f"The functions {group.name} do not start:\n{done.stderr.strip()}")
    paths = (Path(name) for name in json.loads(done.stdout.splitlines()[-1]))
    return sorted(path for path in paths if path.is_relative_to(root / "functions") or path.is_relative_to(wheels))
