"""What a file says about others: it travels as plain tuples and comes back as it was."""

import pickle

from plugins.content.fault import Position
from plugins.content.fields import Reference
from plugins.content.reading import References
from plugins.content.status import Status


def test_references_come_back_as_they_were() -> None:
    shelf, sku = Reference("collection", "prints", 4, 13), Reference("sku", "PRINT-A4", 11, 10)
    said = References((shelf,), skus=(sku, sku), embeds=(shelf,), uncounted=(sku,), gifts=(sku,), status=Status.HIDDEN)
    back = pickle.loads(pickle.dumps(said))  # noqa: S301 (our own)
    assert back == said
    assert back.status is Status.HIDDEN
    assert back.skus[1].at == Position(11, 10)
