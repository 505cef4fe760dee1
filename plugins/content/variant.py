"""One entry of a product's list of variants."""

from plugins.content.contents import measure
from plugins.content.fields import Record, needed, optional, perhaps, table
from plugins.content.gtin import gtin
from plugins.content.size import size
from plugins.content.values import amount, line, sku, weight, whole_number


class VariantFields(Record):
    """Everything that may stand in a variant."""

    sku = needed(sku, "write sku: and a short code of your own, like PETREL-A4")
    price = needed(amount, "write price: and an amount, like 24.00")
    compare_at = perhaps(amount)
    options = optional(table(line, "{Size: A4}"), {})
    weight = optional(weight, 0)
    packed_size = optional(size, ())
    shipping_surcharge = perhaps(amount)
    stock = perhaps(whole_number)
    gtin = optional(gtin, "")
    image = optional(line, "")
    contents = perhaps(measure)
