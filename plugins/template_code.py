"""The Python that Jinja makes of templates, written so that it takes fewer steps.

Jinja lets a program write this code its own way (`Environment.code_generator_class`). Texts, errors and their lines are
the same; three things that stand in every template are done sooner:

- `{{ text }}`: a plain text is escaped and that is all; Jinja makes a Markup of it, too, which takes longer;
- `{{ thing.name }}`: an attribute is looked up on the spot; Jinja's own way is gone when it is not there;
- `{{ part(thing) }}`: a macro that was imported is called as the function that it is.

All else is Jinja's own code.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro
from jinja2.utils import missing

# What `escape` does with a plain text before it makes a Markup of it; the lock file sees to it that it is there.
from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined]

from functions.language import Words, templates

__all__ = ["CompiledTemplates", "QuickCode", "compiled_folder", "escaped", "straight", "text"]


def text(value: Any) -> str:
    """Any value as HTML."""
    if type(value) is int:
        return str(value)
    return str(value.__html__()) if hasattr(value, "__html__") else escaped(str(value))


def straight(macro: Any, count: int) -> Callable[..., str] | None:
    """The function in a macro, if it can be called with so many arguments without the macro around it.

    It cannot if it wants to know its caller, or takes whatever it is given: that is sorted out by the macro.
    """
    if type(macro) is not Macro or macro.caller or macro.catch_varargs or macro.catch_kwargs:
        return None
    if count > len(macro.arguments):
        return None
    function: Any = macro._func
    function.__defaults__ = (missing,) * len(macro.arguments)
    return function  # type: ignore[no-any-return]


class QuickCode(CodeGenerator):
    """Writes the code. In it, `value`, `kind` and `owner` hold what an expression is at."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 (Jinja's name)
        """The whole of a template, with what the code needs from here."""
        self._names, self._counts = Counter(_names(node)), _counts(node)
        self._straight: set[str] = set()
        self.writeline(f"from {__name__} import escaped, straight, text")
        super().visit_Template(node, frame)

    def write_commons(self) -> None:
        """The start of a template, and of each of its blocks, which knows nothing of the names outside."""
        super().write_commons()
        self._straight.clear()

    def visit_FromImport(self, node: nodes.FromImport, frame: Frame) -> None:  # noqa: N802 (Jinja's name)
        """`{% from … import part %}`: the function in it as well, unless the name gets another meaning elsewhere."""
        super().visit_FromImport(node, frame)
        for name in _imported(node):
            if frame.rootlevel and self._names[name] == 1:
                ref = frame.symbols.ref(name)
                self.writeline(f"straight_{ref} = straight({ref}, {self._counts.get(name, 0)})")
                self._straight.add(ref)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 (Jinja's name)
        """`thing.name`."""
        self.write("(value if (value := getattr((owner := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr(owner, {node.attr!r}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """What stands before `thing` for `{{ thing }}`."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        elif isinstance(node, nodes.Call) and (function := self._function(node, frame)):
            self.write(f"({function}(")
            for argument in node.args:
                self.visit(argument, frame)
                self.write(", ")
            self.write(f") if {function} else escape(")
        else:
            self.write("(escaped(value) if (kind := type(value := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """What stands after it."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_post(node, frame, finalize)
        elif isinstance(node, nodes.Call) and self._function(node, frame):
            self.write("))")
        else:
            self.write(")) is str else value if kind is Markup else text(value))")

    def _function(self, node: nodes.Call, frame: Frame) -> str:
        """What holds the function that this calls, if there is one."""
        ref = frame.symbols.find_ref(_name(node)) if _is_plain(node) else None
        return f"straight_{ref}" if ref in self._straight else ""


def _is_plain(call: nodes.Call) -> bool:
    """Whether it is like `name(one, two)`."""
    return bool(_name(call)) and not (call.kwargs or call.dyn_args or call.dyn_kwargs)


def _counts(template: nodes.Template) -> dict[str, int]:
    """With how many arguments each name is called at most."""
    return dict(sorted((_name(call), len(call.args)) for call in template.find_all(nodes.Call) if _is_plain(call)))


def _name(call: nodes.Call) -> str:
    return str(call.node.name) if isinstance(call.node, nodes.Name) else ""


def _names(template: nodes.Template) -> Iterator[str]:
    """Every name that is given to something, as often as it is."""
    yield from (name.name for name in template.find_all(nodes.Name) if name.ctx != "load")
    yield from (macro.name for macro in template.find_all(nodes.Macro))
    yield from (imported.target for imported in template.find_all(nodes.Import))
    yield from (name for imported in template.find_all(nodes.FromImport) for name in _imported(imported))


def _imported(node: nodes.FromImport) -> Iterator[str]:
    return (name if isinstance(name, str) else name[1] for name in node.names)


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates as files, some for each language.

    They are made anew when a template, a word of the language, or the code that makes them has changed.
    """

    def __init__(self, folder: str, words: Words) -> None:
        super().__init__(folder, f"__jinja2_{words.language}_%s.cache")
        self._state = f"{folder}\0{words.state}".encode()  # compiled code knows the path of its template

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 (Jinja's own call)
        """One file for each template, wherever the theme stands: what was compiled elsewhere is replaced, not kept."""
        return super().get_cache_key(name)

    def get_source_checksum(self, source: str) -> str:
        text = source.encode("utf-8") + self._state + _own_code()
        return sha1(text).hexdigest()  # noqa: S324 (no secret; Jinja's own choice)


def compiled_folder(theme: Path) -> Path | None:
    """Where compiled templates are kept, as Python keeps modules; None when nothing can be written there."""
    folder = theme / "__pycache__"
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    return folder if os.access(folder, os.W_OK) else None


@cache
def _own_code() -> bytes:
    return b"".join(Path(file).read_bytes() for file in (__file__, templates.__file__))
