"""Mail templates with their style sheet moved into the elements, because many mail programs read no other styles.

It is done once for each build, on the templates themselves, so that functions need no tool for it.
"""

import re
from pathlib import Path

import css_inline

from plugins.output import Output

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def publish_mails(templates: Path, build: Path) -> None:
    """Write the HTML mail templates of a theme, inlined, into `build/templates/mail/`, where functions look first."""
    output = Output(build / "templates", build / "templates.json")
    layout = (templates / "mail" / "layout.html").read_text(encoding="utf-8")
    styles = "".join(_STYLE.findall(layout))
    # The sheet stays as well: what depends on a dark screen or a narrow one cannot be moved into an element.
    output.write("mail/layout.html", css_inline.CSSInliner(keep_style_tags=True, keep_at_rules=True).inline(layout))
    for path in sorted((templates / "mail").glob("*.html")):
        if path.name != "layout.html":
            source = path.read_text(encoding="utf-8")
            output.write(f"mail/{path.name}", css_inline.inline_fragment(source, styles))
    output.sweep()
