"""A history: a small shop, a few shoppers, an owner and a reconciler, for as long as a seed lets them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from functions.ports import PaymentEvent, SessionLinks
from functions.service.acting import perform
from functions.service.carting import quote_cart
from functions.service.checkout import check_out, terms_of
from functions.service.news import heed
from functions.service.outbox import deliver
from functions.service.reconcile import reconcile
from functions.service.settlement import release, settle
from functions.shop.acts import (
    Act,
    Actor,
    ApproveReturn,
    Ask,
    AskReturn,
    Cancel,
    ChangeAddress,
    CorrectEmail,
    CorrectTracking,
    Deliver,
    Erase,
    GiveBack,
    Hold,
    LetGo,
    NoteFate,
    Pack,
    ReceiveReturn,
    RejectReturn,
    Resend,
    Ship,
    Warn,
    Withdraw,
)
from functions.shop.cart import Cart, CartLine
from functions.shop.catalogue import Variant
from functions.shop.code import Codes
from functions.shop.message import Fate, Kind
from functions.shop.order import Order
from functions.shop.points import Points
from functions.shop.promotion import Conditions, Promotion
from functions.shop.promotion import Kind as Gives
from functions.shop.quote import Quote
from functions.shop.reversal import refundable
from functions.shop.settings import Settings
from functions.shop.shipment import Pieces, to_ship
from tests.shop.balanced import GIFT_CARD
from tests.simulation.memory_store import MemoryStore
from tests.simulation.ports import SimulatedMail, SimulatedStore, write
from tests.simulation.rules import USES, USES_EACH, Rules
from tests.simulation.stripe import ADA, SimulatedPayments, Stripe
from tests.simulation.world import CALM, Odds, World
from tests.small_shop import SETTINGS, VARIANTS

CODES = Codes(["a-secret-of-a-small-shop"])
LINKS = SessionLinks("https://shop.example/paid", "https://shop.example/back")
PATIENT = Variant("PATIENT", "patient", "Patient", 1000, "/products/patient/", backorder="2–3 weeks", declared=1)
SOLD = (*VARIANTS, GIFT_CARD, PATIENT)
CARTS = (
    {"LAST": 1},
    {"LAST": 1, "CARD": 2},
    {"CARD": 3},
    {"PRINT-A4": 2},
    {"FREE": 1},
    {"PATIENT": 1, "CARD": 1},
    {"VOUCHER": 1},
)
WELCOME = Promotion(
    "welcome", "Welcome", Gives.PERCENT, code="WELCOME", percent=1000,
    conditions=Conditions(uses=USES, uses_per_customer=USES_EACH),
)  # fmt: skip
PEOPLE = ("ada@example.org", "bea@example.org")
MINUTE, HOUR, DAY = 60, 3600, 86_400
LONGEST_REQUEST = 30  # seconds after which a function is ended from outside
TURNS = 160  # choices of a history before it comes to rest


@dataclass(frozen=True)
class SmallRelease:
    """ports.Release of the shop that is simulated."""

    settings: Settings
    id: str = "release-1"
    chrome: str = ""
    assets: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def variants(self, skus: Collection[str]) -> dict[str, Variant]:
        return {variant.sku: variant for variant in SOLD if variant.sku in skus}


@dataclass
class History:
    """Everything of one seed. `run` lets it happen and raises Violation when a rule is broken."""

    seed: int
    odds: Odds = field(default_factory=Odds)

    def __post_init__(self) -> None:
        self.world = World(Random(self.seed), self.odds)
        self.stripe = Stripe(self.world)
        self.memory = MemoryStore()
        self.rules = Rules(self.world, self.stripe, self.memory)
        self.store = SimulatedStore(self.world, self.memory, self.rules.step, self.rules.count)
        self.payments = SimulatedPayments(self.world, self.stripe)
        self.mail = SimulatedMail(self.world, self.rules.is_noted)
        self.rules.mail = self.mail
        self.release = SmallRelease(replace(SETTINGS, promotions=(WELCOME,), points=Points(1000, 50)))
        self.memory.declare_stock({variant.sku: variant.declared for variant in SOLD if variant.tracked})
        self.rules.start = {sku: stock.on_hand for sku, stock in self.memory.counts.items()}
        self.world.check = self.rules.always

    def run(self) -> None:
        """What happens, and then the rest: every fault over, two runs of the reconciler done."""
        for _ in range(TURNS):
            if self.world.processes and self.world.chance(0.75):
                self.world.turn()
            else:
                self.world.random.choice(CHOICES)(self)
        self.rest()

    def rest(self) -> None:
        """Faults over, everything ends that was under way, and the books must agree (Q)."""
        self.world.odds = CALM
        self.world.finish()
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

    # What people and time do

    def shop(self) -> None:
        """Somebody orders, perhaps with a double click."""
        random = self.world.random
        order_id = f"ORDR-{len(self.rules.ids) + 1:04}"
        self.rules.ids.append(order_id)
        email = random.choice(PEOPLE)
        codes = ("WELCOME",) if random.random() < 0.5 else ()
        known = [code for code in self._gift_codes() if random.random() < 0.7]
        cart = Cart(tuple(CartLine(sku, quantity) for sku, quantity in random.choice(CARTS).items()))
        quote = quote_cart(
            cart, release=self.release, store=self.memory, now=self.world.now, codes=(*codes, *known), email=email
        )
        self.rules.shown[order_id] = quote
        for click in range(random.choice((1, 1, 2))):
            self.world.start(f"{email[:3]} click {click + 1}", lambda: self._check_out(order_id, quote, email))

    def come_back(self) -> None:
        """Somebody looks at the page of an order, by which it is settled."""
        if order := self._any():
            self.world.start("order page", lambda: self._look(order.id))

    def give_up(self) -> None:
        """Somebody goes back from the payment page to the cart."""
        if order := self._any():
            self.world.start("give up", lambda: release(order.id, **self._tools()))

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
        """Some of Stripe's news arrives: late, again, and in any order."""
        if not self.stripe.news:
            return
        event = self.world.random.choice(self.stripe.news)
        self.world.start(f"news {event.id}", lambda: self._heed(event), lambda error: self._heard(event, error))

    def wait(self) -> None:
        """Time goes by."""
        passed = self.world.random.choice((1, 10, 5 * MINUTE, 20 * MINUTE, 40 * MINUTE, 26 * HOUR))
        if passed > LONGEST_REQUEST:
            self.world.time_out()
        self.world.now += passed
        self.stripe.time_passes()

    def reconcile(self) -> None:
        """The reconciler runs."""
        self.world.start(
            "reconciler", lambda: reconcile(mail=self.mail, write=write, time_zone="Europe/Dublin", **self._tools())
        )

    def desk(self) -> None:
        """The owner does something to an order."""
        order = self._any()
        if order is None:
            return
        act = self._owners_act(order)
        self.world.start(f"desk {type(act).__name__}", lambda: perform(order.id, act, **self._tools()))

    def customer(self) -> None:
        """A customer does something to an order."""
        order = self._any()
        if order is None:
            return
        random = self.world.random
        left = to_ship(order) or (Pieces(0, 1),)
        acts: list[Act] = [
            Ask(f"Q{random.randrange(3)}", "When does it come?"),
            ChangeAddress(random.choice((ADA, replace(ADA, line1="5 Quay Street"), replace(ADA, country="FR")))),
            Cancel(Actor.CUSTOMER),
            Withdraw(f"W{random.randrange(3)}", "Ada", order.email or "ada@example.org"),
            AskReturn(f"R{random.randrange(3)}", (random.choice(left),), "Too small.", 14),
        ]
        act = random.choice(acts)
        self.world.start(f"customer {type(act).__name__}", lambda: perform(order.id, act, **self._tools()))

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
            NoteFate("confirmation", random.choice((*Fate,))),
            Erase(),
            *(RejectReturn(one.id, "It was worn.") for one in order.returns),
            *(ApproveReturn(one.id, "Use the label.") for one in order.returns),
            *(ReceiveReturn(one.id, min(100, refundable(order))) for one in order.returns),
        ]
        if order.paid_like and refundable(order) > 0:
            amount = random.choice((1, refundable(order) // 2 or 1, refundable(order)))
            acts.append(GiveBack(amount, "Sorry.", order.reversals))
        return random.choice(acts)

    def _any(self) -> Order | None:
        orders = list(self.memory.orders.values())
        return self.world.random.choice(orders) if orders else None

    def _gift_codes(self) -> list[str]:
        return [CODES.gift_card(order.id, number) for order in self.memory.orders.values()
                for number, _ in enumerate(order.cards) if order.paid_like]  # fmt: skip

    def _check_out(self, order_id: str, quote: Quote, email: str) -> None:
        check_out(
            order_id,
            quote,
            release=self.release,
            links=LINKS,
            terms=terms_of(quote, email, self.release.settings),
            **self._tools(),
        )

    def _look(self, order_id: str) -> None:
        settle(order_id, **self._tools())
        deliver(order_id, store=self.store, mail=self.mail, clock=self.world.clock, write=write)

    def _heed(self, event: PaymentEvent) -> None:
        for order_id in heed(event, **self._tools()):
            deliver(order_id, store=self.store, mail=self.mail, clock=self.world.clock, write=write)

    def _heard(self, event: PaymentEvent, error: BaseException | None) -> None:
        if error is None:
            self.rules.acknowledged(event)

    def _tools(self) -> dict[str, Any]:
        return {"store": self.store, "payments": self.payments, "clock": self.world.clock, "codes": CODES}


CHOICES: tuple[Callable[[History], None], ...] = (
    *(3 * [History.shop]), *(4 * [History.pay]), History.bank, *(2 * [History.hear]), *(2 * [History.come_back]),
    *(2 * [History.give_up]), *(2 * [History.wait]), *(2 * [History.reconcile]), *(3 * [History.desk]),
    *(2 * [History.customer]), History.dashboard, History.count,
)  # fmt: skip
