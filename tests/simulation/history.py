"""A history: a small shop, a few shoppers, an owner and a reconciler, for as long as a seed lets them."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from random import Random
from typing import Any

from functions.ports import PaymentEvent
from functions.service.acting import perform
from functions.service.reconcile import reconcile
from functions.shop.acts import (
    Act,
    Actor,
    ApproveReturn,
    Cancel,
    CorrectEmail,
    CorrectTracking,
    Deliver,
    Erase,
    GiveBack,
    Hold,
    LetGo,
    Pack,
    ReceiveReturn,
    RejectReturn,
    Resend,
    Ship,
    Warn,
)
from functions.shop.cart import Cart, CartLine, encode_cart
from functions.shop.message import Fate, Kind
from functions.shop.order import Order
from functions.shop.portion import Portion, portion_of
from functions.shop.reversal import refundable
from functions.shop.shipment import Pieces, to_ship
from functions.shop.state import State
from functions.web.entered import MOST_CODES, Entered, entered_text
from functions.web.tokens import Purpose
from tests.simulation.front import CODES, SOLD, Browser, Front, front
from tests.simulation.memory_store import MemoryStore
from tests.simulation.outside import RAW
from tests.simulation.ports import SimulatedMail, SimulatedStore
from tests.simulation.rules import UNAVAILABLE, Rules
from tests.simulation.stripe import ADA, SimulatedPayments, Stripe
from tests.simulation.world import CALM, Odds, World

CARTS = (
    {"LAST": 1},
    {"LAST": 1},
    {"LAST": 1, "CARD": 2},
    {"CARD": 3},
    {"PRINT-A4": 2},
    {"FREE": 1},
    {"PATIENT": 1, "CARD": 1},
    {"VOUCHER": 1},
    {"VOUCHER": 1},
    {"VOUCHER": 1},
    {"TO-ORDER": 1},
    {"TO-ORDER": 7},  # more than there may be at once
    {"SMALL": 1},  # less than Stripe charges
)
PEOPLE = ("ada@example.org", "bea@example.org")
MINUTE, HOUR, DAY = 60, 3600, 86_400
ACTS = {
    "/cancel": Purpose.CANCEL, "/address": Purpose.ADDRESS, "/return": Purpose.RETURN, "/help": Purpose.QUESTION,
}  # fmt: skip
ACCEPTED = {200, 204}
LEADS_ON = 303
MOST_TRIES = 4
MOSTLY = 0.7  # how often people do what makes sense
WHOLE = 10  # one history in so many has its pages and mails made to the last letter
LONGEST_REQUEST = 30  # seconds after which a function is ended from outside
LIVELY = 3  # one history in so many is mostly of what comes after paying
TURNS = 100  # choices of a history before it comes to rest


@dataclass
class History:
    """Everything of one seed. `run` lets it happen and raises Violation when a rule is broken."""

    seed: int
    odds: Odds = field(default_factory=Odds)
    front: Front = field(default_factory=front)

    def __post_init__(self) -> None:
        self.world = World(Random(self.seed), self.odds)
        self.stripe = Stripe(self.world)
        self.memory = MemoryStore()
        self.rules = Rules(self.world, self.stripe, self.memory)
        self.store = SimulatedStore(self.world, self.memory, self.rules.step, self.rules.count, self.rules.done)
        self.payments = SimulatedPayments(self.world, self.stripe, self.rules.done)
        self.mail = SimulatedMail(self.world, self.rules.is_noted, self.rules.sent)
        self.rules.mail = self.mail
        self.browsers: dict[str, Browser] = {}
        self.memory.declare_stock({variant.sku: variant.declared for variant in SOLD if variant.tracked})
        self.rules.start = {sku: stock.on_hand for sku, stock in self.memory.counts.items()}
        self.world.check, self.world.answered = self.rules.always, self.rules.answered

    def run(self) -> None:
        """What happens, and then the rest: every fault over, two runs of the reconciler done."""
        try:
            self._play()
        finally:
            self.front.close()

    def _play(self) -> None:
        self.front.open(
            store=self.store,
            payments=self.payments,
            mail=self.mail,
            world=self.world,
            whole=self.seed % WHOLE == 0,
            leaves_mails=self.seed % 3 == 0,
        )
        choices, turns = (AFTERWARDS, 3 * TURNS) if self.seed % LIVELY == 1 else (CHOICES, TURNS)
        for _ in range(turns):
            if self.world.processes and self.world.chance(0.75):
                self.world.turn()
            else:
                self.world.random.choice(choices)(self)
        self.rest()

    def rest(self) -> None:
        """Faults over, everything ends that was under way, and the books must agree (Q)."""
        self.world.odds = CALM
        self.world.finish()
        self.reconcile()
        self.world.finish()
        self.rules.reconciled()
        for session in self.stripe.sessions.values():
            if session.status == "complete" and session.payment_status == "unpaid" and not session.failed:
                self.stripe.bank_decides(session, comes=self.world.chance(0.5))
        for paid in self.stripe.payments.values():
            for refund in [one for one in paid.refunds if one.status == "pending"]:
                self.stripe.bank_answers(paid, refund, takes=self.world.chance(0.8))
        self.world.now += 2 * HOUR
        self.stripe.time_passes()
        for _ in range(2):  # R34
            self.world.now += 15 * MINUTE
            self.reconcile()
            self.world.finish()
        self.rules.at_rest()
        self.hear_all_again()
        self.rules.unbroken(self.front.faults.found)

    def hear_all_again(self) -> None:
        """All of Stripe's news comes once more, in an order of its own, when nothing is left to be told (R18)."""
        before, news = dict(self.memory.written), {(one.session, one.payment): one for one in self.stripe.news}
        for event in self.world.random.sample([*news.values()], len(news)):
            self.front.bridge(event)
            self.world.finish()
        self.rules.unmoved(before)

    # What people and time do

    def shop(self) -> None:
        """Somebody opens a cart and orders, perhaps with a double click; it may be a browser that ordered before."""
        random = self.world.random
        email = random.choice(PEOPLE)
        before = list(self.browsers.values())
        browser = random.choice(before) if before and random.random() < 0.3 else Browser(self.front)
        cards = self._gift_codes()
        codes = [code for code in ("WELCOME", *cards) if random.random() < MOSTLY]
        entered = entered_text(Entered(tuple(codes[:MOST_CODES]), email=email))
        cart = Cart(tuple(CartLine(sku, quantity) for sku, quantity in random.choice(CARTS).items()))
        cookies = {"cart": encode_cart(cart), "entered": self.front.tokens.for_entered(entered)}
        browser.cookies |= cookies
        self._order(browser, email)
        if set(cards) & set(codes):  # two of a family use their gift card at once
            self._order(Browser(self.front, cookies), email)

    def come_back(self) -> None:
        """Somebody looks at the page of an order, or at one of its forms, mostly where money is on its way."""
        if order := self._any(lambda order: any(not refund.made for refund in order.refunds)):
            page = self.world.random.choice(("", "", "", *ACTS, "/invoice"))
            self._look(self._browser(order), order, page, self.world.random.choice(("GET", "GET", "GET", "HEAD")))

    def give_up(self) -> None:
        """Somebody goes back from the payment page to the cart."""
        if order := self._any(lambda order: order.open):
            self._give_up(order)

    def pay(self) -> None:
        """Somebody pays at Stripe."""
        pages = [session for session in self.stripe.sessions.values() if session.status == "open"]
        if pages:
            session = self.world.random.choice(pages)
            order = self.memory.order(session.order)
            email = (order and order.email) or self.world.random.choice(PEOPLE)
            self.stripe.pay(session, email, delayed=self.world.chance(0.25))
            self.world.tell(f"{session.id} of {session.order} is paid: {session.payment_status}")

    def bank(self) -> None:
        """A bank decides about something that is on its way."""
        waiting = [s for s in self.stripe.sessions.values() if s.payment_status == "unpaid" and s.status == "complete"]
        if waiting := [session for session in waiting if not session.failed]:
            session, comes = self.world.random.choice(waiting), self.world.chance(0.6)
            self.stripe.bank_decides(session, comes=comes)
            self.world.tell(f"the bank of {session.order} {'pays' if comes else 'does not pay'}")

    def hear(self) -> None:
        """Some of Stripe's news arrives: late, again, in any order, by the webhook or by EventBridge."""
        if not self.stripe.news:
            return
        event, way = self.world.random.choice(self.stripe.news), self.world.random.randrange(3)
        tell = (
            partial(self.front.webhook, event, encoded=False),
            partial(self.front.webhook, event, encoded=True),
            partial(self.front.bridge, event),
        )[way]
        self._visit(f"news {event.id}", tell, lambda status: self._heard(event, status))

    def mail_news(self) -> None:
        """SES tells what became of a mail."""
        if self.mail.taken:
            letter, fate = self.world.random.choice(self.mail.taken), self.world.random.choice((*Fate,))
            self._visit(f"{fate} mail", lambda: self.front.mail_event(letter.tags, fate))

    def stranger(self) -> None:
        """Somebody without a key wants to cancel an order, or somebody who is not Stripe says that it is paid."""
        if order := self._any():
            form = {"form": self.front.tokens.for_form(Purpose.CANCEL, "F1", order)}
            event = PaymentEvent("evt_0", order.session, order.id)
            rule, ask = self.world.random.choice(
                (
                    ("R27", lambda: Browser(self.front).post(f"/order/{order.id}/cancel", form).status),
                    ("R24", partial(self.front.webhook, event, encoded=False, secret="whsec_of_another")),
                )
            )
            self._visit("stranger", ask, lambda status: self.rules.turned_away(rule, order, status))

    def wait(self) -> None:
        """Time goes by."""
        passed = self.world.random.choice((1, 10, 5 * MINUTE, 20 * MINUTE, 40 * MINUTE, 26 * HOUR))
        if passed > LONGEST_REQUEST:
            self.world.finish() if self.world.chance(0.5) else self.world.time_out()
        self.world.now += passed
        self.stripe.time_passes()

    def reconcile(self) -> None:
        """The reconciler runs."""
        self.world.start(
            "reconciler",
            lambda: reconcile(mail=self.mail, write=self.front.write, time_zone="Europe/Dublin", **self.front.tools()),
        )

    def desk(self) -> None:
        """The owner does something to an order, mostly one that is sold."""
        order = self._any(lambda order: order.paid_like)
        if order is None:
            return
        act = self._owners_act(order)
        self.world.start(f"desk {type(act).__name__}", lambda: perform(order.id, act, **self.front.tools()))

    def customer(self) -> None:
        """A customer does something to an order, by the form of its page."""
        order = self._any(lambda order: order.paid_like)
        if order is None:
            return
        random = self.world.random
        minds = 6 if order.state is State.PARTIALLY_SHIPPED else 1  # who waits for the rest changes theirs
        browser, act = self._browser(order), random.choice((*ACTS, *(minds * ["withdraw"]), "link"))
        if act == "withdraw":
            self._withdraw(order)
        elif act == "link":
            asked = {"number": order.id, "email": random.choice(PEOPLE)}
            self._visit("order link", lambda: browser.post("/order-link", asked).status)
        else:
            form = self._filled_in(act, order)
            self._visit(
                f"customer {act[1:]}",
                lambda: self._opened(browser, order).post(f"/order/{order.id}{act}", form).status,
                lambda status: self._look(browser, order) if status == LEADS_ON else None,
            )

    def count(self) -> None:
        """The owner finds more pieces, or fewer."""
        sku, by = self.world.random.choice(("LAST", "CARD", "PATIENT")), self.world.random.choice((-1, 1, 2))

        def add() -> None:
            self.store.add_stock(sku, by)

        self.world.start("desk stock", add)

    def dashboard(self) -> None:
        """Somebody uses Stripe's dashboard, or a bank answers."""
        if not self.stripe.payments:
            return
        random = self.world.random
        paid = random.choice(list(self.stripe.payments.values()))
        pending = [refund for refund in paid.refunds if refund.status == "pending"]
        if pending and random.random() < 0.7:
            self.stripe.bank_answers(paid, random.choice(pending), takes=random.random() < 0.8)
        elif paid.disputes and paid.disputes[0].open:
            self.stripe.decide(paid, won=random.random() < 0.5)
        elif random.random() < 0.15 and not paid.disputes and not paid.refunds:
            self.stripe.dispute(paid)
        elif random.random() < 0.1:
            self.stripe.warn(paid)
        elif random.random() < 0.3 and paid.left and not paid.disputes:
            self.stripe.refund_by_hand(paid, random.choice((1, paid.left // 2 or 1, paid.left)))

    def _owners_act(self, order: Order) -> Act:
        random = self.world.random
        left = to_ship(order)
        some = (Pieces(left[0].line, 1),) if left else ()
        acts: list[Act] = [
            Pack(),
            Ship("DHL", f"T{random.randrange(10**6)}"),
            *(4 * [Ship("DHL", f"T{random.randrange(10**6)}", some)]),  # what owners do most
            Deliver(),
            *(CorrectTracking(one.id, "An Post", f"T{random.randrange(10**6)}") for one in order.shipments[:1]),
            Cancel(Actor.OWNER, "Out of paint."),
            LetGo(),
            Hold("Ask Ada."),
            Warn("It comes later.", len(order.remarks)),
            Resend(random.choice((Kind.LINK, Kind.CONFIRMATION))),
            CorrectEmail(random.choice(PEOPLE)),
            Erase(),
            *(RejectReturn(one.id, "It was worn.") for one in order.returns),
            *(ApproveReturn(one.id, "Use the label.") for one in order.returns),
            *(ReceiveReturn(one.id, min(100, refundable(order))) for one in order.returns),
        ]
        if order.withdrawals and order.held:
            acts += 3 * [LetGo()]
            acts += 3 * [ReceiveReturn(one.id, min(100, refundable(order))) for one in order.returns]
        if left:
            out = Portion(len(order.lines) * (0,), unsent=portion_of(len(order.lines), some).pieces)
            acts += 2 * [GiveBack(min(100, refundable(order)), "It broke.", order.reversals, out)]
        if order.paid_like and refundable(order) > 0:
            amount = random.choice((1, refundable(order) // 2 or 1, refundable(order)))
            acts.append(GiveBack(amount, "Sorry.", order.reversals))
        return random.choice(acts)

    def _any(self, likely: Callable[[Order], bool] = lambda _: True) -> Order | None:
        """An order, mostly one with which there is something to do."""
        orders = list(self.memory.written.values())
        some = [order for order in orders if likely(order)] if self.world.random.random() < MOSTLY else []
        return self.world.random.choice(some or orders) if orders else None

    def _look(self, browser: Browser, order: Order, page: str = "", way: str = "GET") -> None:
        address = f"/order/{order.id}{page}"
        self._visit("order page", lambda: self._opened(browser, order).get(address, method=way).status)

    def _gift_codes(self) -> list[str]:
        return [CODES.gift_card(order.id, number) for order in self.memory.written.values()
                for number, _ in enumerate(order.cards) if order.paid_like]  # fmt: skip

    def _give_up(self, order: Order) -> None:
        browser = self._browser(order)
        self._visit("give up", lambda: self._opened(browser, order).post(f"/order/{order.id}/release", {}).status)

    def _order(self, browser: Browser, email: str) -> None:
        """Look at the cart and press its button, perhaps twice. Who cannot see it just now leaves."""
        page = browser.get("/cart").shown
        if "quote" not in page:
            return
        form, shown = _cart_form(page), self.front.tokens.checkout(page["checkout"])
        self.rules.shown[shown.order_id], self.browsers[shown.order_id] = page["quote"], browser

        def heard(status: int) -> None:
            if status in UNAVAILABLE and self.world.chance(0.5):
                self._lose_patience(browser, email, self.memory.order(shown.order_id))

        for click in range(self.world.random.choice((1, 1, 2))):
            self._visit(f"{email[:3]} click {click + 1}", lambda: browser.post("/checkout", form).status, heard)

    def _lose_patience(self, browser: Browser, email: str, order: Order | None) -> None:
        """Who gets no payment page goes back or orders anew, though there may be a page and only its news was lost."""
        if order and self.world.chance(0.5):
            self._give_up(order)
        else:
            self._order(browser, email)

    def _browser(self, order: Order) -> Browser:
        """The browser that ordered, or another one of theirs."""
        own = self.browsers.get(order.id)
        return own if own and self.world.random.random() < 0.8 else Browser(self.front)

    def _opened(self, browser: Browser, order: Order) -> Browser:
        """The browser with the key to an order: by the link in a mail, where it has none."""
        if f"order-{order.id}" not in browser.cookies:
            browser.get(f"/order/{order.id}", f"t={self.front.tokens.for_order(order.id, order.epoch)}")
        return browser

    def _filled_in(self, act: str, order: Order) -> dict[str, str]:
        """The form of an act, genuine, and perhaps one that was sent before."""
        random = self.world.random
        left = to_ship(order) or (Pieces(0, 1),)
        fields: dict[str, dict[str, str]] = {
            "/help": {"text": f"When does it come? {RAW}"},
            "/address": asdict(random.choice((ADA, replace(ADA, line1="5 Quay Street")))),
            "/cancel": {},
            "/return": {f"quantity.{random.choice(left).line}": "1", "reason": "mind"},
        }
        form_id = f"{act[1].upper()}{random.randrange(3)}"
        return fields[act] | {"form": self.front.tokens.for_form(ACTS[act], form_id, order)}

    def _withdraw(self, order: Order) -> None:
        """Somebody says that they withdraw, sees what they say, and confirms it: from this order, or from none."""
        random, browser = self.world.random, Browser(self.front)
        number = order.id if random.random() < 0.8 else "NONE-0000-0000"
        said = {"name": f"Ada {RAW}", "number": number, "email": order.email or PEOPLE[0]}
        form = {"form": browser.post("/withdraw", said).shown.get("form", "")}
        for _ in range(random.choice((1, 1, 2))):
            self._visit("withdrawal", lambda: browser.post("/withdraw/confirm", form).status)

    def _visit(
        self, name: str, ask: Callable[[], int], heard: Callable[[int], None] = lambda _: None, tries: int = 1
    ) -> None:
        """A call of one of the shop's functions. Whoever gets no answer, or one that asks for patience, calls again as
        Stripe, queues and some shoppers do, or leaves.
        """
        answers = [0]

        def ended(_: BaseException | None) -> None:
            status = answers[-1]
            self.world.tell(f"answer: {status or 'none'}")
            self.rules.unbroken(self.front.faults.found)
            self.rules.logged(self.front.log)
            heard(status)
            if status in UNAVAILABLE and tries < MOST_TRIES and self.world.chance(0.6):
                self._visit(name, ask, heard, tries + 1)

        def asks() -> None:
            answers.append(ask())
            self.rules.acted(answers[-1])

        self.world.start(name, asks, ended)

    def _heard(self, event: PaymentEvent, status: int) -> None:
        if status in ACCEPTED:
            self.rules.acknowledged(event)


def _cart_form(page: Mapping[str, Any]) -> dict[str, str]:
    """The form of a cart page, as a browser sends it when its pay button is pressed."""
    quote = page["quote"]
    form = {f"quantity.{line.sku}": str(line.quantity) for line in quote.lines if not line.gift}
    form |= {"country": quote.country} if quote.country else {}
    form |= {"shipping": quote.shipping.id} if quote.shipping else {}
    return form | {"checkout": page["checkout"], "action": "checkout"}


CHOICES: tuple[Callable[[History], None], ...] = (
    *(3 * [History.shop]), *(4 * [History.pay]), History.bank, *(2 * [History.hear]), *(2 * [History.come_back]),
    *(2 * [History.give_up]), *(2 * [History.wait]), *(2 * [History.reconcile]), *(4 * [History.desk]),
    *(2 * [History.customer]), History.dashboard, History.count, History.mail_news, History.stranger,
)  # fmt: skip
AFTERWARDS: tuple[Callable[[History], None], ...] = (
    History.shop, *(2 * [History.pay]), *(2 * [History.hear]), History.reconcile, *(6 * [History.desk]),
    *(4 * [History.customer]), History.dashboard, History.count,
)  # fmt: skip
