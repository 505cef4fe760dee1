"""A text file of the owner's, read once. Line ends and byte-order marks of Windows are understood."""

import re
from codecs import BOM_UTF8
from pathlib import Path

from plugins.content.fault import START, Position, Report

# Characters that no editor shows: control characters, and the line and paragraph separators of word processors.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def read_text(path: Path, report: Report) -> str | None:
    """The file's text with `\\n` as line end; None when it could not be read, and then the report says why."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 (a path's own functions take twice as long)
            text = file.read().removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        return report.wrong(_place_of_byte(path.read_bytes(), error.start), _not_utf_8(error))
    except OSError as error:
        return report.wrong(START, f"the file cannot be read ({error.strerror}); look at its permissions")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if _is_visible(text, report) else None


def position(text: str, index: int, first_line: int = 1) -> Position:
    """Line and column of the character at `index`."""
    return Position(text.count("\n", 0, index) + first_line, index - text.rfind("\n", 0, index))


def _is_visible(text: str, report: Report) -> bool:
    if text.replace("\n", "").isprintable():  # as nearly all are; a tab is not, and is looked at below
        return True
    found = _INVISIBLE.search(text)
    if found:
        code = f"U+{ord(found[0]):04X}"
        report.wrong(position(text, found.start()), f"an invisible character ({code}) stands here; delete it")
    return found is None


def _not_utf_8(error: UnicodeDecodeError) -> str:
    if error.object[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "the file is saved as UTF-16; save it again with the encoding UTF-8"
    return "this character is not saved as UTF-8; save the file again with the encoding UTF-8"


def _place_of_byte(content: bytes, index: int) -> Position:
    before = content[:index].decode("utf-8-sig", errors="replace")
    return position(before.replace("\r\n", "\n"), len(before.replace("\r\n", "\n")))
