"""What a file says about others: it travels as plain values and comes back as it was."""

from plugins.content import Fault, References, Status, findings_from_bytes, findings_to_bytes
from plugins.content.fault import Position
from plugins.content.fields import Reference


def test_findings_come_back_as_they_were() -> None:
    shelf, sku = Reference("collection", "prints", 4, 13), Reference("sku", "PRINT-A4", 11, 10)
    said = References((shelf,), skus=(sku, sku), embeds=(shelf,), uncounted=(sku,), gifts=(sku,), status=Status.HIDDEN)
    wrong = Fault("products/a.md", 3, 1, "titel", "is not known; write title:")
    faults, back = findings_from_bytes(findings_to_bytes((wrong,), said))
    assert (faults, back) == ((wrong,), said)
    assert (str(faults[0]), back.status) == ("products/a.md:3:1: titel: is not known; write title:", Status.HIDDEN)
    assert back.skus[1].at == Position(11, 10)


def test_no_findings_come_back_as_none() -> None:
    assert findings_from_bytes(findings_to_bytes((), References())) == ((), References())
