"""A text file of the owner's, read once. Line ends and byte-order marks of Windows are understood."""

import os
import re
from codecs import BOM_UTF8
from functools import partial
from pathlib import Path

from plugins.content.fault import START, Position, Report

# Characters that no editor shows: control characters, and the line and paragraph separators of word processors.
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_PIECE = 16_384
_COMMON = b"\t\n\r" + bytes(range(0x20, 0x7F))
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def read_text(path: Path, report: Report) -> str | None:
    """The file's text with `\\n` as line end; None when it could not be read, and then the report says why."""
    try:
        content = _content(path).removeprefix(BOM_UTF8)
        text = content.decode()
    except UnicodeDecodeError as error:
        return report.wrong(_place_of_byte(path.read_bytes(), error.start), _not_utf_8(error))
    except OSError as error:
        return report.wrong(START, f"the file cannot be read ({error.strerror}); look at its permissions")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # What is left of nearly all texts is nothing, or letters; the closer look takes ten times as long.
    rest = content.translate(None, _COMMON).decode()
    return text if rest.isprintable() or _is_visible(text, report) else None


def _content(path: Path) -> bytes:
    """The file's bytes; what Python builds to read a file otherwise takes as long again."""
    file = os.open(path, _READ)
    try:
        return b"".join(iter(partial(os.read, file, _PIECE), b""))
    finally:
        os.close(file)


def position(text: str, index: int, first_line: int = 1) -> Position:
    """Line and column of the character at `index`."""
    return Position(text.count("\n", 0, index) + first_line, index - text.rfind("\n", 0, index))


def invisible(text: str) -> re.Match[str] | None:
    """The first character of a text that nobody sees, and that no page can hold."""
    return _INVISIBLE.search(text)


def code_of(found: re.Match[str]) -> str:
    """A character by its number in Unicode, such as `U+0000`."""
    return f"U+{ord(found[0]):04X}"


def _is_visible(text: str, report: Report) -> bool:
    found = invisible(text)
    if found:
        sentence = f"an invisible character ({code_of(found)}) stands here; delete it"
        report.wrong(position(text, found.start()), sentence)
    return found is None


def _not_utf_8(error: UnicodeDecodeError) -> str:
    if error.object[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "the file is saved as UTF-16; save it again with the encoding UTF-8"
    return "this character is not saved as UTF-8; save the file again with the encoding UTF-8"


def _place_of_byte(content: bytes, index: int) -> Position:
    before = content[:index].decode("utf-8-sig", errors="replace")
    return position(before.replace("\r\n", "\n"), len(before.replace("\r\n", "\n")))
