"""Any text can stand in XML."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from plugins.xml import xml


@given(st.text())
def test_a_parser_reads_any_text_back_without_what_xml_cannot_hold(text: str) -> None:
    """Between tags and in attributes (R28)."""
    element = ElementTree.fromstring(f'<a b="{xml(text)}">{xml(text)}</a>')  # noqa: S314 - our own text
    fit = [sign for sign in text if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff")]
    kept = "".join(sign for sign in fit if not "\ud800" <= sign <= "\udfff")
    assert (element.text or "") == kept.replace("\r\n", "\n").replace("\r", "\n")
    assert element.attrib["b"].split() == kept.split()
