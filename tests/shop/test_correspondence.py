"""Addresses, questions, mails once more, their fate, warnings of delay, and being forgotten (R25, R29)."""

from dataclasses import replace

import pytest

from functions.shop.acts import (
    Act,
    Actor,
    Ask,
    AskReturn,
    Cancel,
    ChangeAddress,
    CorrectEmail,
    Erase,
    Hold,
    NoteFate,
    OfferCoupon,
    Pack,
    Resend,
    Ship,
    Warn,
)
from functions.shop.correspondence import MOST_QUESTIONS
from functions.shop.errors import IllegalTransition
from functions.shop.facts import PaymentFacts, RefundFacts, SessionFacts
from functions.shop.ledger import Card
from functions.shop.life import Known, apply
from functions.shop.message import Fate, Kind, leased
from functions.shop.note import NO_NOTES, Notes
from functions.shop.order import owing
from functions.shop.payment import Dispute, FraudWarning
from functions.shop.refunds import refund_failing, refunded
from functions.shop.returns import Question
from functions.shop.settling import decide
from functions.shop.shipment import Pieces
from functions.shop.state import State
from functions.shop.trouble import learn
from tests.shop.living import LATER, done, mails, paid
from tests.shop.sample import ADA, NOW, facts, placed

ELSEWHERE = replace(ADA, line1="5 Quay Street")


def test_the_address_can_be_changed_until_it_is_packed_and_the_owner_is_told() -> None:
    order = done(paid(), ChangeAddress(ELSEWHERE))
    assert (order.address, mails(order)) == (ELSEWHERE, ["confirmation", "owner:address:2"])
    assert done(order, ChangeAddress(ELSEWHERE)) == order
    with pytest.raises(IllegalTransition, match="its address can no longer be changed here"):
        done(order, Pack(), ChangeAddress(ADA))
    with pytest.raises(IllegalTransition, match="its address can no longer be changed here"):
        done(placed(), ChangeAddress(ADA))


def test_the_invoice_stays_with_who_paid_when_the_parcel_goes_elsewhere() -> None:
    order = done(paid(), ChangeAddress(ELSEWHERE))
    assert (order.address, order.billed, order.buyer) == (ELSEWHERE, ADA, ADA)


def test_the_address_must_stay_where_its_delivery_was_priced_for() -> None:
    with pytest.raises(IllegalTransition, match="The delivery of this order was priced for another area"):
        done(paid(), ChangeAddress(replace(ADA, country="FR")))


def test_a_question_is_kept_with_the_order_and_goes_to_the_owner_once() -> None:
    order = done(paid(), Ask("Q1", "Is the frame oak?"), Ask("Q1", "Is the frame oak?"))
    assert order.questions == (Question("Q1", "Is the frame oak?", LATER),)
    assert mails(order) == ["confirmation", "owner:question:Q1"]


def test_nobody_can_ask_without_end() -> None:
    order = done(paid(), *(Ask(f"Q{number}", "Hello?") for number in range(MOST_QUESTIONS)))
    with pytest.raises(IllegalTransition, match=r"^You have written to us often about this order\. Please call us\.$"):
        done(order, Ask("Q99", "Hello?"))


@pytest.mark.parametrize("act", [CorrectEmail("ada@right.example"), Warn("It comes on Monday.", 0)])
def test_whoever_is_forgotten_gets_no_other_address_and_no_word(act: Act) -> None:
    gone = done(paid(), Cancel(Actor.OWNER), Erase())
    with pytest.raises(IllegalTransition, match=r"^Whose order ORDER-1 was is forgotten, and stays so\.$"):
        done(gone, act)


def test_money_that_goes_back_to_who_was_forgotten_is_told_to_nobody() -> None:
    """A mail without a recipient would be tried for days, and then alarm the owner."""
    gone = done(paid(), Cancel(Actor.OWNER), Erase())
    back = refunded(gone, gone.refunds[0].key, RefundFacts("re_1", "pi_1", 3350, "succeeded", "", LATER), LATER)
    assert (back.refunds[0].stripe_id, mails(back)) == ("re_1", [])


def test_a_corrected_address_gets_what_waits_and_the_confirmation_and_old_links_stop_working() -> None:
    order = done(paid(), CorrectEmail("ada@right.example"))
    assert (order.email, order.epoch) == ("ada@right.example", 1)
    assert [(message.name, message.to) for message in order.messages] == [("confirmation", "ada@right.example")]
    sent = replace(paid(), messages=tuple(replace(m, sent_at=NOW) for m in paid().messages))
    again = done(sent, CorrectEmail("ada@right.example"))
    assert [(message.name, message.to) for message in again.messages] == [
        ("confirmation", "ada@example.org"), ("confirmation:2", "ada@right.example"),
    ]  # fmt: skip


def test_a_mail_can_be_asked_for_again_but_does_not_wait_twice() -> None:
    order = done(paid(), Resend(Kind.LINK), Resend(Kind.LINK))
    assert mails(order) == ["confirmation", "link:1"]
    with pytest.raises(IllegalTransition, match="A mail such as apology cannot be sent again"):
        done(order, Resend(Kind.APOLOGY))
    with pytest.raises(IllegalTransition, match="Order ORDER-1 has no e-mail address yet"):
        done(placed(), Resend(Kind.LINK))


def test_what_would_not_be_true_is_not_sent_again() -> None:
    """A confirmation of what was never paid or is cancelled, and gift cards that are not there or cannot be spent."""
    nothing = r"^Order ORDER-1 is not paid, or has ended, so there is nothing to confirm; send a link to it instead\.$"
    for order in (replace(placed(), email="ada@example.org"), done(paid(), Cancel(Actor.OWNER))):
        with pytest.raises(IllegalTransition, match=nothing):
            done(order, Resend(Kind.CONFIRMATION))
    card = replace(paid(), cards=(Card("gift_card:EUR:1", 2500, "…1"),))
    assert mails(done(card, Resend(Kind.GIFT_CARD)))[-1] == "gift_card:1"
    for order in (paid(), done(card, Hold("Ask Ada.")), done(card, Cancel(Actor.OWNER))):
        with pytest.raises(IllegalTransition, match=r"^Order ORDER-1 has no gift cards that can be spent\.$"):
            done(order, Resend(Kind.GIFT_CARD))


def test_who_cancelled_and_gets_another_address_is_sent_the_link() -> None:
    order = done(paid(), Cancel(Actor.OWNER), CorrectEmail("ada@right.example"))
    assert mails(order) == ["confirmation", "cancelled", "link:1"]


def test_the_customer_is_told_of_a_delay_once() -> None:
    order = done(paid(), Warn("The frames come on Monday.", 0), Warn("The frames come on Monday.", 0))
    assert (order.remarks, mails(order)) == (("The frames come on Monday.",), ["confirmation", "late:0"])


def test_a_bounce_flags_the_mail_and_outweighs_a_delivery() -> None:
    bounced = NoteFate("confirmation", Fate.BOUNCED)
    order = done(paid(), NoteFate("confirmation", Fate.DELIVERED), bounced, NoteFate("confirmation", Fate.DELIVERED))
    assert (order.messages[0].fate, order.messages[0].fate_at) == (Fate.BOUNCED, LATER)
    assert mails(order) == ["confirmation", "owner:bounced:confirmation"]
    assert done(order, bounced, NoteFate("no such mail", Fate.BOUNCED)) == order


def test_who_wants_to_be_forgotten_leaves_an_invoice_and_nothing_else() -> None:
    order = done(paid(), Ask("Q1", "Is it oak?"), Ship("DHL", "1"), Warn("Late.", 0))
    order = replace(order, messages=tuple(replace(message, sent_at=NOW) for message in order.messages))
    order = replace(order, notes=Notes("For Oisín", "Ring twice."))
    gone = done(order, Erase())
    assert (gone.email, gone.questions, gone.remarks, {message.to for message in gone.messages}) == ("", (), (), {""})
    assert (gone.address, gone.invoice, gone.total, gone.epoch, gone.erased_at) == (ADA, 7, 3350, 1, LATER)
    assert (gone.notes, "ada@example.org" in str(gone)) == (NO_NOTES, False)


def test_stripe_does_not_bring_back_who_was_forgotten() -> None:
    gone = done(paid(), Ship("DHL", "1"), Erase())
    news: SessionFacts = facts(status="open", payment_status="unpaid")
    assert decide(gone, news, LATER).order.email == ""


def test_an_unpaid_order_that_was_forgotten_keeps_no_address() -> None:
    ended = decide(
        replace(placed(), session="cs_1", address=ADA), facts(status="expired", payment_status="unpaid"), NOW
    )
    assert done(ended.order, Erase()).address is None


def test_nobody_is_forgotten_while_money_or_goods_are_on_their_way() -> None:
    with pytest.raises(IllegalTransition, match="Order ORDER-1 may still be paid"):
        done(placed(), Erase())
    with pytest.raises(IllegalTransition, match="Order ORDER-1 has a return that is not finished"):
        done(paid(), Ship("DHL", "1"), AskReturn("R1", (Pieces(0, 1),), "", 14), Erase())


@pytest.mark.parametrize("sent", [(), (Ship("DHL", "1", (Pieces(0, 1),)),)])
def test_nobody_is_forgotten_while_something_is_to_go_to_their_address(sent: tuple[Ship, ...]) -> None:
    """What tax law keeps is the address on the invoice, and the parcel would go there."""
    order = done(paid(), ChangeAddress(ELSEWHERE), *sent)
    with pytest.raises(IllegalTransition, match=r"Order ORDER-1 has something that is still to ship\. Ship or cancel"):
        done(order, Erase())
    assert done(order, Ship("DHL", "2"), Erase()).address == ADA


def test_nobody_is_forgotten_whose_gift_cards_wait_to_be_mailed_or_let_go() -> None:
    """The codes would reach nobody. A cancelled order has none."""
    bought = replace(paid(), lines=(), cards=(Card("gift_card:EUR:1", 2500, "…1"),))
    waits = owing(bought, Kind.GIFT_CARD, NOW)
    for order, why in ((waits, "has a gift card or file not mailed yet"), (done(bought, Hold("Ask.")), "is held")):
        with pytest.raises(IllegalTransition, match=f"^Order ORDER-1 {why}"):
            done(order, Erase())
    known = Known(LATER, {"gift_card:EUR:1": 2500})
    assert done(apply(waits, Cancel(Actor.OWNER), known).order, Erase()).erased_at == LATER


def test_nobody_is_forgotten_while_one_of_their_mails_is_being_sent() -> None:
    """What is on its way would be unknown when it arrives, and sent again when it is due for another reason."""
    order = done(paid(), Cancel(Actor.OWNER))
    sending = replace(order, messages=(leased(order.messages[0], LATER), *order.messages[1:]))
    with pytest.raises(IllegalTransition, match=r"^Order ORDER-1 has a mail on its way\. Try again in two minutes\.$"):
        done(sending, Erase())
    assert apply(sending, Erase(), Known(LATER + 120)).order.erased_at == LATER + 120


def test_that_money_does_not_go_back_is_told_though_whose_it_is_was_forgotten() -> None:
    """Nothing else that waits is sent any more. It may be on its way already, and then it is not sent again."""
    refused = refund_failing(done(paid(), Cancel(Actor.OWNER)), "ORDER-1:back-0", LATER)
    gone = done(refused, Erase())
    assert mails(gone) == ["owner:refund_refused:ORDER-1:back-0"]
    assert refund_failing(gone, "ORDER-1:back-0", LATER) == gone


def test_that_a_bank_wants_money_back_is_told_though_whose_it_was_is_forgotten() -> None:
    """It may be on its way already, and the same news does not send it again."""
    asked = Dispute("du_1", "pi_1", 3350, "needs_response", "fraudulent", NOW)
    warned = FraudWarning("issfr_1", "pi_1", "made_with_stolen_card", NOW)
    news = PaymentFacts("pi_1", disputes=(asked,), warnings=(warned,))
    gone = done(learn(done(paid(), Cancel(Actor.OWNER)), news, NOW).order, Erase())
    assert mails(gone) == ["owner:dispute:du_1:needs_response", "owner:fraud_warning:issfr_1"]
    closer = replace(news, disputes=(replace(asked, status="under_review"),))
    back = learn(learn(gone, closer, LATER).order, news, LATER).order
    assert mails(back) == [
        "owner:dispute:du_1:needs_response", "owner:fraud_warning:issfr_1", "owner:dispute:du_1:under_review",
    ]  # fmt: skip


def test_who_was_forgotten_and_pays_after_all_is_known_again() -> None:
    """Their payment page was still open somewhere; what they typed there is where it goes."""
    closed = facts(status="expired", payment_status="unpaid")
    gone = done(decide(replace(placed(), session="cs_1", address=ADA), closed, NOW).order, Erase())
    known = decide(gone, facts(), LATER, invoice=7).order
    assert (known.state, known.email, known.address, known.erased_at) == (State.PAID, "ada@example.org", ADA, 0)
    assert mails(known) == ["confirmation"]
    again = done(known, Cancel(Actor.OWNER), Erase())
    assert (again.email, again.erased_at) == ("", LATER)


def test_who_cancelled_is_forgotten_at_once() -> None:
    assert done(paid(), Cancel(Actor.OWNER), Erase()).email == ""


def test_a_coupon_is_offered_to_who_has_bought_once_for_each_order() -> None:
    """However its code is written; nobody gets one who never paid."""
    once = done(paid(), OfferCoupon("TERN-5"))
    assert (once.messages[-1].name, once.messages[-1].to) == ("coupon:tern5", "ada@example.org")
    assert done(once, OfferCoupon("tern 5")) == once
    with pytest.raises(IllegalTransition, match="was never paid"):
        done(placed(), OfferCoupon("TERN-5"))
