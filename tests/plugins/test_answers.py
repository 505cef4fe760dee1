"""Cards in the answers of a page of questions."""

from markupsafe import Markup

from plugins.content import Question, Questions
from plugins.embedding import answered


def test_an_answer_shows_the_product_that_it_names() -> None:
    written = Question("which-mug", "Which mug?", Markup("<p>This:</p>\n<!--pouch:card MUG-->\n"))
    shown = answered(Questions("Mugs", (written,)), lambda sku: Markup("<li>{}</li>").format(sku))
    answer = Markup('<p>This:</p>\n<ul class="grid embedded">\n<li>MUG</li></ul>\n')
    assert shown == Questions("Mugs", (Question("which-mug", "Which mug?", answer),))
