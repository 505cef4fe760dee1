import sys
from tests.simulation.history import History
h=History(int(sys.argv[1]))
try: h.run()
except AssertionError as x: print(x)
for o in h.memory.orders.values(): print(o.id,o.state,*o.refunds,sep='\n  ')
for p in h.stripe.payments.values(): print(p)
