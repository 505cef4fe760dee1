"""Mail templates: styles in the elements, Jinja's tags as they were."""

import re
from pathlib import Path

from plugins.mails import inlined_mails, publish_mails

ROOT = Path(__file__).parents[2]
THEME = ROOT / "theme" / "templates"
TAG = re.compile(r"{[{%].*?[%}]}", re.DOTALL)


def test_styles_move_into_the_elements_and_what_depends_on_the_screen_stays(tmp_path: Path) -> None:
    templates = tmp_path / "templates" / "mail"
    templates.mkdir(parents=True)
    style = "<style>p { margin: 0 } @media print { p { color: red } }</style>"
    layout = f"<html><head>{style}</head><body><p>A</p></body></html>"
    (templates / "layout.html").write_text(layout)
    (templates / "note.html").write_text('{% extends "mail/layout.html" %}<p>{{ order.id }}</p>')
    publish_mails(inlined_mails(tmp_path / "templates"), tmp_path / "build")
    written = tmp_path / "build" / "templates" / "mail"
    assert '<p style="margin: 0;">A</p>' in (written / "layout.html").read_text()
    assert "@media print" in (written / "layout.html").read_text()
    note = '{% extends "mail/layout.html" %}<p style="margin: 0;">{{ order.id }}</p>'
    assert (written / "note.html").read_text() == note


def test_the_themes_own_mails_keep_every_jinja_tag_in_its_order(tmp_path: Path) -> None:
    publish_mails(inlined_mails(THEME), tmp_path)
    for path in sorted((THEME / "mail").glob("*.html")):
        inlined = (tmp_path / "templates" / "mail" / path.name).read_text(encoding="utf-8")
        assert TAG.findall(inlined) == TAG.findall(path.read_text(encoding="utf-8")), path.name


def test_a_mail_that_is_gone_from_the_theme_goes_from_the_build(tmp_path: Path) -> None:
    publish_mails({"layout.html": "<p>", "note.html": "<p>"}, tmp_path)
    publish_mails({"layout.html": "<p>"}, tmp_path)
    assert [path.name for path in (tmp_path / "templates/mail").iterdir()] == ["layout.html"]
