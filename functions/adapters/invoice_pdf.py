"""Invoices as PDF, A4, by ReportLab. The same order gives the same bytes: no clock, no random number."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from functions.language import Words, words_in
from functions.shop.invoice import Invoice, Rate, Row, Sum, invoice_of
from functions.shop.order import Order
from functions.shop.sentence import Sentence
from functions.shop.settings import Settings

FONTS = Path(__file__).parent / "fonts"
PLAIN, BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"
USUAL = "-usual"  # how the names of those end that have fewer signs (fonts/README.md)
WIDTH, HEIGHT = A4  # points, of which 72 are an inch
LEFT, RIGHT, TOP, BOTTOM = 62.0, WIDTH - 62.0, HEIGHT - 62.0, 70.0
MIDDLE = LEFT + (RIGHT - LEFT) * 0.55
QUANTITY, PRICE = RIGHT - 150.0, RIGHT - 75.0  # where these columns end
SIZE, SMALL, LARGE = 9.5, 8.0, 18.0
LEADING = 1.4  # of a font's size from one line to the next
INK, FAINT, RULE = "#1c1c1c", "#5c5c5c", "#c8c8c8"


def invoice_pdf(order: Order, settings: Settings) -> bytes:
    """The invoice of an order that has a number for it, in the shop's language."""
    invoice, words = invoice_of(order, settings), words_in(settings.language)
    sheet = _Sheet(words, said(invoice.title, words), said(settings.legal_name, words))
    _head(sheet, invoice)
    _rows(sheet, invoice.rows)
    _sums(sheet, invoice.sums)
    _rates(sheet, invoice.rates)
    _remarks(sheet, "", invoice.notes)
    _remarks(sheet, Sentence("Payment"), invoice.paid)
    _remarks(sheet, Sentence("Money back"), invoice.returned)
    return sheet.finished()


def said(text: str, words: Words) -> str:
    """A text or sentence as it is printed: one line, without signs that steer a printer or turn the direction."""
    told = unicodedata.normalize("NFC", str(words.tell(text)))
    return " ".join("".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in told).split())


@dataclass
class _Sheet:
    """A4 sheets that are filled from top to bottom; `y` is where the next line stands."""

    words: Words
    title: str
    author: str
    y: float = TOP
    page: int = 1
    _file: BytesIO = field(default_factory=BytesIO)
    _canvas: Canvas = field(init=False)

    def __post_init__(self) -> None:
        self._canvas = Canvas(self._file, pagesize=A4, invariant=1, lang=self.words.language)
        self._canvas.setTitle(self.title)
        self._canvas.setAuthor(self.author)
        self._canvas.setSubject(self.title)

    def finished(self) -> bytes:
        """The whole file."""
        self._foot()
        self._canvas.save()
        return self._file.getvalue()

    def wrapped(self, text: str, width: float, size: float = SIZE, font: str = PLAIN) -> list[str]:
        """A text in lines of a width; a word that is longer than that is broken."""
        lines = []
        whole = said(text, self.words)
        name = _with_signs_of(whole, font)
        for line in simpleSplit(whole, name, size, width):
            lines += _broken(line, width, size, name)
        return lines or [""]

    def put(
        self, text: str, x: float, *, size: float = SIZE, font: str = PLAIN, ink: str = INK, ends: bool = False
    ) -> None:
        """A text on the present line, from x on or up to it."""
        line = said(text, self.words)
        self._canvas.setFont(_with_signs_of(line, font), size)
        self._canvas.setFillColor(ink)
        (self._canvas.drawRightString if ends else self._canvas.drawString)(x, self.y, line)

    def down(self, size: float = SIZE, lines: float = 1) -> None:
        """On to the next line."""
        self.y -= size * LEADING * lines

    def rule(self) -> None:
        """A thin line across, above the present one."""
        above = self.y + SIZE * 1.3
        self._canvas.setStrokeColor(RULE)
        self._canvas.setLineWidth(0.5)
        self._canvas.line(LEFT, above, RIGHT, above)

    def room(self, height: float) -> bool:
        """Make sure that so much fits; whether a new page was needed for it."""
        if self.y - height >= BOTTOM:
            return False
        self._foot()
        self._canvas.showPage()
        self.page, self.y = self.page + 1, TOP
        return True

    def _foot(self) -> None:
        self.y = BOTTOM - 2 * SMALL * LEADING
        self.put(f"{self.author} · {self.title}", LEFT, size=SMALL, ink=FAINT)
        self.put(str(self.page), RIGHT, size=SMALL, ink=FAINT, ends=True)


def _with_signs_of(text: str, font: str) -> str:
    """The name of the font that a text is printed in: the one with the usual signs, which is read in a tenth of the
    time, or the whole one if it takes others.
    """
    usual = f"{font}{USUAL}"
    if _signs(usual).issuperset(map(ord, text)):
        return usual
    _signs(font)
    return font


@cache
def _signs(font: str) -> frozenset[int]:
    """The code points of a font's signs, which is ready to print with from then on."""
    found = TTFont(font, FONTS / f"{font}.ttf")
    pdfmetrics.registerFont(found)
    return frozenset(found.face.charToGlyph)


def _broken(line: str, width: float, size: float, font: str) -> list[str]:
    if pdfmetrics.stringWidth(line, font, size) <= width:
        return [line]
    end = next(n for n in range(len(line), 0, -1) if n == 1 or pdfmetrics.stringWidth(line[:n], font, size) <= width)
    return [line[:end], *_broken(line[end:], width, size, font)]


def _head(sheet: _Sheet, invoice: Invoice) -> None:
    """Seller and buyer beside each other, the title, and the facts."""
    top = sheet.y
    ends = []
    for heading, lines, x, right in (
        (Sentence("Seller"), invoice.seller, LEFT, MIDDLE - 20),
        (Sentence("Buyer"), invoice.buyer, MIDDLE, RIGHT),
    ):
        sheet.y = top
        sheet.put(heading, x, size=SMALL, ink=FAINT)
        for number, line in enumerate(piece for text in lines for piece in sheet.wrapped(text, right - x)):
            sheet.down()
            sheet.put(line, x, font=PLAIN if number else BOLD)
        ends.append(sheet.y)
    sheet.y = min(ends)
    sheet.down(LARGE, 2.5)
    sheet.put(invoice.title, LEFT, size=LARGE, font=BOLD)
    sheet.down(SIZE, 2)
    for label, text in invoice.facts:
        sheet.put(label, LEFT, ink=FAINT)
        sheet.put(text, LEFT + 110)
        sheet.down()
    sheet.down(SIZE, 1.5)


def _rows(sheet: _Sheet, rows: Sequence[Row]) -> None:
    """What was bought; the head of the table stands on every page."""
    _columns(sheet)
    for row in rows:
        name = sheet.wrapped(row.name, QUANTITY - 50 - LEFT)
        if sheet.room((len(name) + 1) * SIZE * LEADING):
            _columns(sheet)
        sheet.put(row.quantity, QUANTITY, ends=True)
        sheet.put(row.price, PRICE, ends=True)
        sheet.put(row.amount, RIGHT, ends=True)
        for line in name:
            sheet.put(line, LEFT)
            sheet.down()
        sheet.down(SMALL, -0.15)
        sheet.put(f"{row.sku}, {sheet.words.say('a gift')}" if row.gift else row.sku, LEFT, size=SMALL, ink=FAINT)
        sheet.down(SIZE, 1.5)
        sheet.rule()


def _columns(sheet: _Sheet) -> None:
    sheet.put(Sentence("What"), LEFT, size=SMALL, ink=FAINT)
    for heading, x in (("Quantity", QUANTITY), ("Price", PRICE), ("Amount", RIGHT)):
        sheet.put(sheet.words.text(heading), x, size=SMALL, ink=FAINT, ends=True)
    sheet.down(SIZE, 1.5)
    sheet.rule()


def _sums(sheet: _Sheet, sums: Sequence[Sum]) -> None:
    """What it comes to, at the right."""
    sheet.room(len(sums) * SIZE * LEADING * 1.2)
    sheet.down(SIZE, 0.3)
    for one in sums:
        label, *more = sheet.wrapped(one.label, PRICE - MIDDLE, font=BOLD if one.strong else PLAIN)
        sheet.put(label, MIDDLE, font=BOLD if one.strong else PLAIN)
        sheet.put(one.amount, RIGHT, font=BOLD if one.strong else PLAIN, ends=True)
        for line in more:
            sheet.down()
            sheet.put(line, MIDDLE)
        sheet.down(SIZE, 1.2)


def _rates(sheet: _Sheet, rates: Sequence[Rate]) -> None:
    """The tax by rate, in columns under those of the goods."""
    if not rates:
        return
    sheet.down()
    sheet.room((len(rates) + 2) * SIZE * LEADING * 1.2)
    sheet.put(Sentence("Tax by rate"), LEFT, size=SMALL, ink=FAINT)
    for heading, x in (("Net", QUANTITY), ("Tax", PRICE), ("Gross", RIGHT)):
        sheet.put(sheet.words.text(heading), x, size=SMALL, ink=FAINT, ends=True)
    sheet.down(SIZE, 1.5)
    sheet.rule()
    for rate in rates:
        sheet.put(rate.name, LEFT)
        for text, x in ((rate.net, QUANTITY), (rate.tax, PRICE), (rate.gross, RIGHT)):
            sheet.put(text, x, ends=True)
        sheet.down(SIZE, 1.2)


def _remarks(sheet: _Sheet, heading: str, texts: Sequence[str]) -> None:
    """Sentences one below the other, under a heading if there is one."""
    if not texts:
        return
    lines = [line for text in texts for line in sheet.wrapped(text, RIGHT - LEFT)]
    sheet.room((len(lines) + 2) * SIZE * LEADING)
    sheet.down(SIZE, 0.7)
    if heading:
        sheet.put(heading, LEFT, font=BOLD)
        sheet.down(SIZE, 1.1)
    for line in lines:
        sheet.put(line, LEFT)
        sheet.down()
