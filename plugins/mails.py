"""Mail templates with their style sheet moved into the elements, because many mail programs read no other styles.

It is done on the templates themselves and at build time, so that functions need no tool for it.
"""

import re
from pathlib import Path

from plugins.output import replace_file

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def inlined_mails(templates: Path) -> dict[str, str]:
    """The HTML mail templates of a theme, inlined, by name."""
    import css_inline  # noqa: PLC0415 (most builds find this made already)

    layout = (templates / "mail" / "layout.html").read_text(encoding="utf-8")
    styles = "".join(_STYLE.findall(layout))
    # The sheet stays as well: what depends on a dark screen or a narrow one cannot be moved into an element.
    whole = css_inline.CSSInliner(keep_style_tags=True, keep_at_rules=True).inline(layout)
    parts = (path for path in sorted((templates / "mail").glob("*.html")) if path.name != "layout.html")
    inlined = {path.name: css_inline.inline_fragment(path.read_text(encoding="utf-8"), styles) for path in parts}
    return {"layout.html": whole, **inlined}


def publish_mails(mails: dict[str, str], build: Path) -> None:
    """Put inlined templates into `build/templates/mail/`, where functions look first, and clear away others."""
    folder = build / "templates" / "mail"
    for name, text in mails.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            replace_file(path, text.encode())
    for path in folder.glob("*.html"):
        if path.name not in mails:
            path.unlink()
