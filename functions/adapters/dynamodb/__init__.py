"""The Store on DynamoDB: one table, and every change one transaction.

| pk | sk | what stands there |
| --- | --- | --- |
| `order#<id>` | `order` | version, record (JSON), and what else stands for it: session, customer, lists |
| `session#<id>` | `session` | the one order of a payment session |
| `customer#<key>` | `customer` | that somebody has paid once |
| `customer#<key>` | `uses#<promotion>` | used: by this customer |
| `silenced#<key>` | `silenced` | that a customer wants no mails but those about their orders |
| `stock#<sku>` | `stock` | on_hand, reserved, available (their difference), declared |
| `skus#counted` | `<sku>` | that a SKU has stock |
| `uses#<promotion>` | `uses` | used: by all |
| `number#<series>` | `number` | last |
| `account#<account>` | `balance` | amount |
| `entry#<key>` | `entry` | a change of a balance; in the index `lists` under its account |
| `list#<name>` | `<key>#<id>` | an order or a notice in a list (functions/shop/listing.py) |
| `notice#<id>` | `notice` | version, record (JSON), lists |
| `tries#<key>` | `tries` | count, until |
| `waiting#<sku>` | `<place>#<email>` | who waits for a SKU; in the index `lists` under `awaited` |
| `waiter#<email>` | `<sku>` | place in `waiting#<sku>` |
"""
