"""A mistake in the theme is answered in one line, like one in the content."""

import shutil
from pathlib import Path

import pytest

from plugins.build import main
from tests.golden.building import HERE

pytestmark = pytest.mark.slow


ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("page.html", "<h1>A page</h1>\n{% zz %}", "templates/page.html:2: Encountered unknown tag 'zz'"),
        (
            "page.html",
            "<h1>A page</h1>\n{{ page.tittle }}",
            "templates/page.html:2: 'plugins.views.Page object' has no attribute 'tittle'",
        ),
        (
            "parts/card.html",
            "{% macro card(product) %}\n<h3>\n{{ product.tittle }}\n{% endmacro %}",
            "templates/parts/card.html:3: 'plugins.views.Product object' has no attribute 'tittle'",
        ),
        (
            "parts/picture.html",
            "{% macro picture(image, sizes, first, alt) %}\n{{ image.alt }}\n{{ image.old }}{% endmacro %}",
            "templates/parts/picture.html:3: 'plugins.pictures.Picture object' has no attribute 'old'",
        ),
    ],
)
def test_a_mistake_in_a_template_is_named_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, text: str, said: str
) -> None:
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    (tmp_path / "theme" / "templates" / file).write_text(text)
    settings = tmp_path / "conf.py"
    settings.write_text(
        "SITEURL = 'http://127.0.0.1:8000'\n"
        f"PATH = {str(HERE / 'shop')!r}\nOUTPUT_PATH = {str(tmp_path / 'output')!r}\n"
        f"SHOP_BUILD = {str(tmp_path / 'build')!r}\nTHEME = {str(tmp_path / 'theme')!r}\nPLUGINS = ['plugins.shop']\n"
        "ARTICLE_PATHS = []\nPAGE_PATHS = []\nSTATIC_PATHS = []\nTHEME_STATIC_PATHS = []\nDIRECT_TEMPLATES = []\n"
        "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None\nTIMEZONE = 'UTC'\n"
    )
    assert main(str(settings)) == 1
    assert said in capsys.readouterr().err
