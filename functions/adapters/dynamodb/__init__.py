"""The Store on DynamoDB: one table, and every change one transaction.

| pk | sk | what stands there |
| --- | --- | --- |
| `order#<id>` | `order` | version, record (JSON), and what else stands for it: session, customer, lists |
| `session#<id>` | `session` | the one order of a payment session |
| `customer#<key>` | `customer` | that somebody has paid once |
| `stock#<sku>` | `stock` | on_hand, reserved, available (their difference), declared |
| `uses#<promotion>` | `#<customer key>` | used; those of all under `#` |
| `account#<account>` | `balance` | amount |
| `entry#<key>` | `entry` | a change of a balance; in the index `lists` under its account |
| `list#<name>` | `<moment>#<order id>` | an order in a list, such as the open ones by when they end |
| `waiting#<sku>` | `<place>#<email>` | who waits for a SKU |
| `waiter#<email>` | `<sku>` | place in `waiting#<sku>` |
"""
