"""What happens after a withdrawal, in the words of its page, of its receipt, and of the mail to the shop's owner."""

from functions.shop.order import Order
from functions.shop.returns import Outcome, ReturnState
from functions.shop.sentence import Sentence
from functions.shop.state import SOLD

NEXT = {
    Outcome.CANCELLED: Sentence(
        "Nothing had been packed, so your order is cancelled already. What you paid goes back; another mail says how "
        "much."
    ),
    Outcome.ENDED: Sentence(
        "This order had ended before you wrote, and nothing of it is sent. Your money went back then or is on its way. "
        "You need do nothing."
    ),
    Outcome.UNPAID: Sentence(
        "This order has not been paid, so there is nothing to send back and no money to give back. A person looks at "
        "it, and cancels it if a payment still arrives."
    ),
    Outcome.UNSENT: Sentence(
        "Your order was about to leave us, so a person looks at it now. If it is still here, it is cancelled and your "
        "money goes back. If it has left, please send it back; another mail says where to."
    ),
    Outcome.PARTLY_SENT: Sentence(
        "What has not left us yet is not sent. Please send back what has; another mail says where to. Once it is here, "
        "your money goes back."
    ),
    Outcome.SENT: Sentence(
        "What you have got comes back to us, and then your money to you. Another mail says where to send it."
    ),
    Outcome.AGREED: Sentence(
        "You had asked to send it back, and need not wait for our answer any more. Another mail says where to send it. "
        "Once it is here, your money goes back."
    ),
    Outcome.COMING: Sentence(
        "We had agreed already to take it back. Please send it as our mail about that says, if it is not on its way. "
        "Once it is here, your money goes back."
    ),
    Outcome.RETURNED: Sentence(
        "All of it had come back to us before you wrote. A person looks whether all of your money went back, and "
        "writes to you if not."
    ),
}
"""What the customer reads."""
LOOKED_AT = Sentence("A person looks at it and writes to you.")
"""What they read of any other outcome."""
PAID_SINCE = Sentence(
    "Your payment reached us after you had withdrawn. A person looks at it and cancels the order, and your money goes "
    "back."
)
"""What they read once a payment has come all the same."""
TODO = {
    Outcome.CANCELLED: Sentence(
        "It had not been packed, so it is cancelled and the money goes back by itself. Do not send it."
    ),
    Outcome.ENDED: Sentence("The order had ended before, and its money with it. There is nothing left to do."),
    Outcome.UNPAID: Sentence(
        "It is not paid, so there was nothing to cancel. If a payment still comes, the shop holds it and writes to "
        "you: cancel it then."
    ),
    Outcome.UNSENT: Sentence(
        "The shop holds it. As far as it knows, nothing has left. If that is so, do not send it and cancel it: the "
        "money goes back then. If it has left, let it go and say that it was sent; it comes back, and the customer has "
        "been told where to."
    ),
    Outcome.PARTLY_SENT: Sentence(
        "The shop holds what has not left yet: do not send it. What was sent comes back. Once it is there, say so, and "
        "the money for all of it goes back."
    ),
    Outcome.SENT: Sentence("What was sent comes back. Once it is there, say so, and the money goes back."),
    Outcome.AGREED: Sentence(
        "The return that was asked for needs no answer any more; the customer has been told where to send it. Once it "
        "is there, say so, and the money goes back."
    ),
    Outcome.COMING: Sentence(
        "You had agreed already to take all of it back. Once it is there, say so, and the money goes back."
    ),
    Outcome.RETURNED: Sentence("All of it had come back before. Look whether all of the money has gone back."),
}
"""What the owner reads."""
LOOK_AT = Sentence("Nothing was left to cancel or to send back. Look at the order and write to the customer.")
"""What they read of any other outcome."""
TO_SEND = frozenset({Outcome.UNSENT, Outcome.PARTLY_SENT, Outcome.SENT, Outcome.AGREED, Outcome.COMING})
"""After which the customer has something to send."""


def to_come(order: Order) -> Sentence | None:
    """What comes next of the last withdrawal from an order; None once that is done or another place tells it."""
    done = any(one.state is ReturnState.RECEIVED for one in order.returns) and not any(o.open for o in order.returns)
    if not order.withdrawals or order.state not in SOLD or done:
        return None
    outcome = order.withdrawals[-1].outcome
    if outcome is Outcome.UNPAID:
        return PAID_SINCE if order.held else None
    return NEXT.get(outcome, LOOKED_AT)
