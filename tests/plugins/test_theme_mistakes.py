"""A mistake in the theme is answered in one line, like one in the content."""

import shutil
from pathlib import Path

import pytest

from plugins.build import main
from tests.golden.building import HERE

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ("{% zz %}", "templates/page.html:2: Encountered unknown tag 'zz'"),
        ("{{ page.tittle }}", "templates/page.html:2: 'plugins.views.Page object' has no attribute 'tittle'"),
    ],
)
def test_a_mistake_in_a_template_is_named_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mistake: str, said: str
) -> None:
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    page = tmp_path / "theme" / "templates" / "page.html"
    page.write_text("<h1>A page</h1>\n" + mistake)
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
