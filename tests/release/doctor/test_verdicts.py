"""What the doctor says of what it found: every sentence, literally."""

from dataclasses import replace

import pytest

from functions.adapters.stripe_events import HEEDED
from functions.shop.catalogue import Variant
from functions.shop.shipping import Shipping, ShippingRate, ShippingZone
from functions.shop.working_days import Days
from release.doctor import (
    alarms,
    buckets,
    clocks,
    content,
    domain,
    mail,
    pages,
    payments,
    published,
    schedules,
    settings,
    table,
)
from release.doctor.alarms import Alarm, Listeners
from release.doctor.buckets import Knock, Walls
from release.doctor.content import Goods
from release.doctor.domain import Leading
from release.doctor.finding import Verdict, fault, note, ok, warning
from release.doctor.mail import Greeting, Identity, Records, Sending
from release.doctor.network import Handshake, Heard
from release.doctor.pages import Page
from release.doctor.payments import Endpoint, Key
from release.doctor.published import Standing
from release.doctor.schedules import Runs
from release.doctor.stripe_account import Account
from release.doctor.table import Guards
from release.manifest import Manifest, file_of
from release.pointer import Live, Past, Pointer, Publishing
from tests.small_shop import POSTCARD, SETTINGS

TEST_KEY, LIVE_KEY = "sk_test_51AbCdEfGhIjKlMnOp", "sk_live_51AbCdEfGhIjKlWxYz"
RESTRICTED = "rk_live_51AbCdEfGhIjKlMnOp"
HOOK = "https://shop.example/stripe/events"
ALL = Endpoint(HOOK, "enabled", ("*",), "2026-10-28.endive")
MUTE = replace(ALL, events=tuple(name for name in HEEDED if not name.startswith("radar")))
DEAF = replace(ALL, events=("refund.created",))
SHOP = Identity(
    "shop.example",
    tokens=("aa", "bb", "cc"),
    envelope="mail.shop.example",
    envelope_status="SUCCESS",
    region="eu-central-1",
)
OWNER = Identity("ada@shop.example")
DKIM = tuple(f"{token}.dkim.amazonses.com" for token in SHOP.tokens)
GOOD = Records(
    SHOP,
    DKIM,
    ("v=spf1 include:amazonses.com ~all",),
    ("feedback-smtp.eu-central-1.amazonses.com",),
    ("v=DMARC1; p=reject",),
)
HERE = frozenset({"192.0.2.1"})
LED = Leading("shop.example", "", HERE, "d1.cloudfront.net", HERE)
STRICT = {
    "content-security-policy": "default-src 'none'",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "strict-transport-security": "max-age=31536000",
}
HOME = Page("/", Heard(200, STRICT | {"cache-control": "public, s-maxage=86400"}), https=True)
DAY = 86_400
NOW = 100 * DAY
POINTER = Pointer(Live("a1b2", "c", 90 * DAY), history=(Past("a1b2", 97 * DAY, "publish"),))
FILES = {"/index.html": file_of(b"home"), "/404.html": file_of(b"none")}
MANIFEST = Manifest(FILES, "c", ("c", "d"), ("e",))
TAGS = {path: file.md5 for path, file in FILES.items()}
MEND = "pouch publish puts it back; type it twice if something else changed, for it looks when nothing is new."
STANDING = Standing(MANIFEST, TAGS, frozenset({"c", "d"}), frozenset({"e"}))
CHEAP = Variant("PIN", "pin", "Pin", 20, "/products/pin/")
FILE = Variant("MAP", "map", "Map", 30, "/products/map/", digital=True)
FREE = Variant("FREE", "free", "Free", 0, "/products/free/", digital=True)
SIX = Shipping(
    Days(1, 1),
    (
        ShippingZone(
            "Ireland", ("IE",), tuple(ShippingRate(f"r{at}", f"Rate {at}", 100, Days(1, 1)) for at in range(6))
        ),
    ),
)
RINGS = Alarm("pouch-live-NoRunAlarm", "ALARM", "Look into the log.")
CALM = Alarm("pouch-live-HeldAlarm", "OK")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (payments.key(Key(LIVE_KEY), live=True), ok("The key sk_live_…WxYz is for real money, as this shop is.")),
        (payments.key(Key(TEST_KEY), live=False), ok("The key sk_test_…MnOp is for test payments, as this shop is.")),
        (
            payments.key(Key(""), live=True),
            fault(
                "STRIPE_SECRET_KEY is not set.",
                "In Stripe, Developers, API keys: copy the secret key, sk_live_…, and store it as "
                "STRIPE_SECRET_KEY: docs/going-live.md",
            ),
        ),
        (
            payments.key(Key("pk_live_1"), live=True),
            fault(
                "STRIPE_SECRET_KEY is no secret key of Stripe's.",
                "In Stripe, Developers, API keys: copy the secret key, sk_live_…, and store it as "
                "STRIPE_SECRET_KEY: docs/going-live.md",
            ),
        ),
        (
            payments.key(Key(TEST_KEY), live=True),
            fault(
                "The key sk_test_…MnOp is for test payments, and this shop is not.",
                "In Stripe, Developers, API keys: copy the secret key, sk_live_…, and store it as "
                "STRIPE_SECRET_KEY: docs/going-live.md",
            ),
        ),
        (
            payments.key(Key(LIVE_KEY), live=False),
            fault(
                "The key sk_live_…WxYz is for real money, and this shop is not.",
                "In Stripe, Developers, API keys: copy the secret key, sk_test_…, and store it as "
                "STRIPE_SECRET_KEY: docs/going-live.md",
            ),
        ),
        (
            payments.key(Key(LIVE_KEY, refused=True), live=True),
            fault(
                "Stripe does not take the key sk_live_…WxYz; it may have been rolled or deleted.",
                "In Stripe, Developers, API keys: copy the secret key, sk_live_…, and store it as "
                "STRIPE_SECRET_KEY: docs/going-live.md",
            ),
        ),
    ],
)
def test_the_key(said: Verdict | None, expected: Verdict | None) -> None:
    """Its mode is the shop's, Stripe takes it, and it is never shown."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (payments.rights(("sk_live_…WxYz", ())), ok("The key sk_live_…WxYz may do everything.")),
        (
            payments.rights(("rk_live_…MnOp", ())),
            note(
                "The restricted key rk_live_…MnOp may read what the shop reads. Whether it may write cannot be seen.",
                "In Stripe, Developers, API keys: see that it may write Checkout Sessions, Refunds and Coupons.",
            ),
        ),
        (
            payments.rights(("rk_live_…MnOp", ("Disputes", "Coupons"))),
            fault(
                "The restricted key rk_live_…MnOp may not read Disputes and Coupons.",
                "In Stripe, Developers, API keys: give it these rights, to read and to write.",
            ),
        ),
    ],
)
def test_the_rights_of_a_key(said: Verdict | None, expected: Verdict | None) -> None:
    """A secret key may do everything; of a restricted one, what it may read can be seen."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (payments.charges(Account()), ok("Stripe takes payments for you.")),
        (
            payments.charges(Account(charges=False)),
            fault("Stripe does not take payments for you yet.", "In Stripe's dashboard, follow Activate payments."),
        ),
        (payments.payouts(Account()), ok("Stripe pays out to your bank.")),
        (
            payments.payouts(Account(payouts=False)),
            warning(
                "Stripe does not pay out to your bank: what customers pay stays at Stripe.",
                "In Stripe, Settings, Payouts: enter a bank account, and what else is asked there.",
            ),
        ),
        (payments.statement(Account(statement="TERN AND GALE")), ok("Your customers' statements say TERN AND GALE.")),
        (
            payments.statement(Account()),
            warning(
                "Nothing is set that your customers' statements would say, so they may not know whom they paid.",
                "In Stripe, Settings, Business, Public details: set the statement descriptor to your shop's name.",
            ),
        ),
        (
            payments.version(Account(version="2026-10-28.endive")),
            ok("The shop speaks Stripe's version 2026-10-28.endive."),
        ),
        (
            payments.version(Account(version="2020-08-27")),
            note(
                "The shop speaks Stripe's version 2026-10-28.endive; your account by itself 2020-08-27. That is no "
                "trouble: the shop says each time which it means."
            ),
        ),
        (payments.currency("EUR", "EUR"), ok("The shop sells in EUR, as Stripe pays out.")),
        (payments.currency("", "EUR"), ok("The shop sells in EUR, as Stripe pays out.")),
        (
            payments.currency("USD", "EUR"),
            note(
                "The shop sells in EUR and Stripe pays out in USD: Stripe changes the money, for a fee.",
                "In Stripe, Settings, Payouts: add a bank account in EUR, if you have one.",
            ),
        ),
    ],
)
def test_the_account(said: Verdict | None, expected: Verdict | None) -> None:
    """What Stripe does for the owner."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (payments.endpoint((ALL,), HOOK), ok("Stripe sends its news to https://shop.example/stripe/events.")),
        (
            payments.endpoint((replace(ALL, status="disabled"), ALL), HOOK),
            ok("Stripe sends its news to https://shop.example/stripe/events."),
        ),
        (
            payments.endpoint((replace(ALL, status="disabled"),), HOOK),
            fault(
                "Stripe's endpoint https://shop.example/stripe/events is switched off, so orders are confirmed up "
                "to 15 minutes late.",
                "In Stripe, Developers, Webhooks: choose the endpoint, then Enable.",
            ),
        ),
        (
            payments.endpoint((replace(ALL, url="https://other.example/stripe/events"),), HOOK),
            fault(
                "Stripe sends no news to https://shop.example/stripe/events, so orders are confirmed up to 15 "
                "minutes late.",
                "In Stripe, Developers, Webhooks: add an endpoint with this address and these events: "
                "checkout.session.completed, checkout.session.expired, checkout.session.async_payment_succeeded, "
                "checkout.session.async_payment_failed, refund.created, refund.updated, refund.failed, "
                "charge.refunded, charge.dispute.created, charge.dispute.updated, charge.dispute.closed, "
                "radar.early_fraud_warning.created. Store its signing secret as STRIPE_WEBHOOK_SECRETS.",
            ),
        ),
        (payments.endpoint((), ""), ok("Stripe's news comes by EventBridge.")),
        (payments.events((ALL,), HOOK), ok("Stripe sends all the news that the shop needs.")),
        (
            payments.events((MUTE,), HOOK),
            warning(
                "Stripe does not tell the shop of radar.early_fraud_warning.created.",
                "In Stripe, Developers, Webhooks: choose the endpoint, Update details, and add these events.",
            ),
        ),
        (
            payments.events((DEAF,), HOOK),
            fault(
                "Stripe does not tell the shop of checkout.session.completed, checkout.session.expired, "
                "checkout.session.async_payment_succeeded, checkout.session.async_payment_failed, refund.updated, "
                "refund.failed, charge.refunded, charge.dispute.created, charge.dispute.updated, "
                "charge.dispute.closed and radar.early_fraud_warning.created.",
                "In Stripe, Developers, Webhooks: choose the endpoint, Update details, and add these events.",
            ),
        ),
        (payments.events((), HOOK), None),
        (payments.spoken((ALL,), HOOK), ok("The news is written in version 2026-10-28.endive, which the shop speaks.")),
        (
            payments.spoken((replace(ALL, version="2020-08-27"),), HOOK),
            note(
                "The news is written in version 2020-08-27, and the shop speaks 2026-10-28.endive. It takes only "
                "names from news and asks for the rest, so nothing is lost.",
                "In Stripe, Developers, Webhooks: make the endpoint anew in version 2026-10-28.endive, and store "
                "its signing secret.",
            ),
        ),
        (
            payments.spoken((replace(ALL, version=""),), HOOK),
            note(
                "The news is written in your account's own version, and the shop speaks 2026-10-28.endive. It takes "
                "only names from news and asks for the rest, so nothing is lost.",
                "In Stripe, Developers, Webhooks: make the endpoint anew in version 2026-10-28.endive, and store "
                "its signing secret.",
            ),
        ),
        (payments.spoken((), HOOK), None),
    ],
)
def test_the_endpoint(said: Verdict | None, expected: Verdict | None) -> None:
    """It is there, on, and sends what the shop heeds."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (payments.delayed(("card", "klarna")), ok("All ways to pay that are on say at once whether the money comes.")),
        (
            payments.delayed(("card", "sepa_debit")),
            note(
                "SEPA Direct Debit: with this way to pay, it takes days until Stripe knows whether money comes. "
                "Until then the order waits and keeps its pieces from other shoppers; if it comes after the day on "
                "which the order should have left, the days that were promised do not hold any more.",
                "If you do not want that: in Stripe, Settings, Payment methods, turn off what takes days.",
            ),
        ),
        (
            payments.delayed(("boleto", "customer_balance", "sepa_debit")),
            note(
                "Boleto, Bank transfer and SEPA Direct Debit: with these ways to pay, it takes days until Stripe "
                "knows whether money comes. Until then the order waits and keeps its pieces from other shoppers; if "
                "it comes after the day on which the order should have left, the days that were promised do not "
                "hold any more.",
                "If you do not want that: in Stripe, Settings, Payment methods, turn off what takes days.",
            ),
        ),
    ],
)
def test_ways_to_pay_whose_money_comes_later(said: Verdict | None, expected: Verdict | None) -> None:
    """They are named, with what they mean for the promise."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (mail.sending(Sending(sent=12)), ok("SES sends your mail, 12 of 50000 in the last day.")),
        (
            mail.sending(Sending(enabled=False)),
            fault(
                "SES has stopped sending your mail.",
                "In AWS's console, Amazon SES, Account dashboard: read why, and answer Amazon there.",
            ),
        ),
        (
            mail.sending(Sending(health="SHUTDOWN")),
            fault(
                "SES has stopped sending your mail.",
                "In AWS's console, Amazon SES, Account dashboard: read why, and answer Amazon there.",
            ),
        ),
        (
            mail.sending(Sending(health="PROBATION")),
            warning(
                "Amazon watches your mail, for too much of it came back or was called spam.",
                "In AWS's console, Amazon SES, Reputation metrics: see what is wrong, and mend it before Amazon "
                "stops your mail.",
            ),
        ),
        (mail.sandbox(Sending(), live=True), ok("SES may write to anybody.")),
        (
            mail.sandbox(Sending(production=False), live=True),
            warning(
                "SES is in its sandbox: it writes only to addresses that you have confirmed.",
                "In AWS's console, Amazon SES, Account dashboard, Request production access: docs/going-live.md, "
                "step 6.",
            ),
        ),
        (
            mail.sandbox(Sending(production=False), live=False),
            note(
                "SES is in its sandbox: it writes only to addresses that you have confirmed.",
                "In AWS's console, Amazon SES, Account dashboard, Request production access: docs/going-live.md, "
                "step 6.",
            ),
        ),
        (mail.suppression(Sending()), ok("SES stops writing to addresses that do not work or complain.")),
        (
            mail.suppression(Sending(suppressed=("BOUNCE",))),
            note(
                "Your account goes on writing to addresses that do not work or complain; what the shop sends does not.",
                "In AWS's console, Amazon SES, Suppression list, Edit account-level settings: choose bounces and "
                "complaints.",
            ),
        ),
    ],
)
def test_sending_mail(said: Verdict | None, expected: Verdict | None) -> None:
    """SES sends, to anybody, and stops where it should."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (mail.verified(SHOP), ok("SES knows that shop.example is yours.")),
        (
            mail.verified(replace(SHOP, known=False)),
            fault("SES does not know shop.example, so it takes no mail from it.", "pouch deploy"),
        ),
        (
            mail.verified(replace(SHOP, verified=False)),
            fault(
                "SES does not know yet that shop.example is yours, so it takes no mail from it.",
                "Enter the records for DKIM (below), then wait up to an hour.",
            ),
        ),
        (
            mail.verified(replace(OWNER, verified=False)),
            fault(
                "SES does not know yet that ada@shop.example is yours, so it takes no mail from it.",
                "Click the link in Amazon's mail to that address.",
            ),
        ),
        (mail.signed(SHOP), ok("SES signs your mail (DKIM).")),
        (
            mail.signed(replace(SHOP, dkim="PENDING")),
            fault(
                "SES does not sign your mail yet (DKIM: PENDING).",
                "Enter the records for DKIM (below), then wait up to an hour.",
            ),
        ),
        (mail.signed(replace(SHOP, known=False)), None),
        (
            mail.signed(OWNER),
            note(
                "Mails come from the address ada@shop.example and are not signed, so some land among spam.",
                "Get a domain, and deploy with it: docs/going-live.md, step 3.",
            ),
        ),
        (mail.enveloped(SHOP), ok("Mails go out in an envelope of yours, mail.shop.example.")),
        (
            mail.enveloped(replace(SHOP, envelope="")),
            warning("Mails go out in an envelope of Amazon's and not of yours.", "pouch deploy"),
        ),
        (
            mail.enveloped(replace(SHOP, envelope_status="PENDING")),
            warning(
                "The envelope mail.shop.example is not ready (MAIL FROM: PENDING), so Amazon's own is used.",
                "Enter the records MX and SPF (below), then wait up to an hour.",
            ),
        ),
        (mail.enveloped(OWNER), None),
    ],
)
def test_whom_mail_comes_from(said: Verdict | None, expected: Verdict | None) -> None:
    """The identity is known, verified, signed, and has an envelope of its own."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (mail.dkim_records(GOOD), ok("The 3 records for DKIM are there.")),
        (
            mail.dkim_records(replace(GOOD, aliases=(DKIM[0], "", "elsewhere.example"))),
            fault(
                "2 of 3 records for DKIM are missing or lead elsewhere.",
                "Where your domain is kept, enter: bb._domainkey.shop.example CNAME bb.dkim.amazonses.com; "
                "cc._domainkey.shop.example CNAME cc.dkim.amazonses.com",
            ),
        ),
        (mail.dkim_records(Records(OWNER)), None),
        (mail.spf(GOOD), ok("The envelope's records (MX and SPF of mail.shop.example) are there.")),
        (
            mail.spf(replace(GOOD, exchangers=(), spf=())),
            fault(
                "Of the envelope mail.shop.example, 2 records are missing or wrong.",
                "Where your domain is kept, enter: mail.shop.example MX 10 "
                'feedback-smtp.eu-central-1.amazonses.com; mail.shop.example TXT "v=spf1 include:amazonses.com ~all"',
            ),
        ),
        (
            mail.spf(replace(GOOD, spf=("v=spf1 -all",))),
            fault(
                "Of the envelope mail.shop.example, one record is missing or wrong.",
                'Where your domain is kept, enter: mail.shop.example TXT "v=spf1 include:amazonses.com ~all"',
            ),
        ),
        (mail.spf(Records(OWNER)), None),
        (mail.dmarc(GOOD), ok("shop.example has a DMARC record.")),
        (
            mail.dmarc(replace(GOOD, dmarc=())),
            fault(
                "shop.example has no DMARC record: large mail providers refuse such mail.",
                'Where your domain is kept, enter: _dmarc.shop.example TXT "v=DMARC1; p=quarantine"',
            ),
        ),
        (
            mail.dmarc(replace(GOOD, dmarc=("v=DMARC1; p=none", "v=DMARC1; p=reject"))),
            fault(
                "shop.example has 2 DMARC records, so none of them counts: large mail providers refuse such mail.",
                "Where your domain is kept, keep one of them.",
            ),
        ),
        (
            mail.dmarc(replace(GOOD, dmarc=("v=DMARC1; p=none",))),
            note(
                "The DMARC record of shop.example only watches (p=none).",
                'When all your mail is signed, where your domain is kept, enter: _dmarc.shop.example TXT "v=DMARC1; '
                'p=quarantine"',
            ),
        ),
        (
            mail.sender_policy(Records(SHOP, spf=("v=spf1 mx -all", "other"))),
            ok("shop.example says who may send mail in its name (SPF)."),
        ),
        (
            mail.sender_policy(Records(SHOP, spf=("v=spf1 mx -all", "v=spf1 a -all"))),
            fault(
                "shop.example says 2 times who may send mail in its name (SPF), so none of it counts.",
                "Where your domain is kept, make one TXT record v=spf1 of them.",
            ),
        ),
        (
            mail.sender_policy(Records(SHOP)),
            warning(
                "shop.example does not say who may send mail in its name (SPF), so your mails land among spam.",
                "Where your domain is kept, enter the TXT record that who runs your mail server names, such as: "
                'shop.example TXT "v=spf1 include:… ~all"',
            ),
        ),
    ],
)
def test_records_of_mail(said: Verdict | None, expected: Verdict | None) -> None:
    """What is missing is written as it has to be entered."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (mail.greeted(Greeting("smtp.example:587")), ok("The mail server smtp.example:587 answers and offers TLS.")),
        (
            mail.greeted(Greeting("smtp.example:25", tls=False)),
            fault(
                "The mail server smtp.example:25 answers and offers no TLS: anybody on the way could read your mails.",
                "Ask who runs it for a port with STARTTLS, mostly 587, and set SMTP_PORT.",
            ),
        ),
    ],
)
def test_a_mail_server_of_ones_own(said: Verdict | None, expected: Verdict | None) -> None:
    """It has to offer TLS."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (domain.leads(LED), ok("shop.example leads to the shop.")),
        (
            domain.leads(replace(LED, alias="d1.cloudfront.net", cdn_addresses=frozenset())),
            ok("shop.example leads to the shop."),
        ),
        (
            domain.leads(replace(LED, addresses=frozenset())),
            fault(
                "shop.example leads nowhere.",
                "Where your domain is kept, enter: shop.example ALIAS (or CNAME) d1.cloudfront.net",
            ),
        ),
        (
            domain.leads(replace(LED, addresses=frozenset({"198.51.100.7"}))),
            warning(
                "shop.example leads to 198.51.100.7, and the shop is elsewhere as seen from here.",
                "Where your domain is kept, enter: shop.example ALIAS (or CNAME) d1.cloudfront.net. If it is "
                "entered already, wait an hour.",
            ),
        ),
        (domain.leads(replace(LED, name="")), ok("The shop has no domain of its own, and is at d1.cloudfront.net.")),
        (domain.other(replace(LED, name="")), None),
        (domain.other(replace(LED, name="www.shop.example")), ok("www.shop.example leads to the shop.")),
    ],
)
def test_where_the_domain_leads(said: Verdict | None, expected: Verdict | None) -> None:
    """To the CDN, by alias or by address."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            domain.certificates({"shop.example": Handshake(200), "www.shop.example": Handshake(300)}),
            ok("The certificate is valid for shop.example and www.shop.example, for 200 days more."),
        ),
        (
            domain.certificates({"shop.example": Handshake(20)}),
            warning(
                "The certificate of shop.example ends in 20 days and was not renewed.",
                "In AWS's console, Certificate Manager (us-east-1): see which record it misses, and enter it where "
                "your domain is kept.",
            ),
        ),
        (
            domain.certificates({"shop.example": Handshake(3)}),
            fault(
                "The certificate of shop.example ends in 3 days and was not renewed.",
                "In AWS's console, Certificate Manager (us-east-1): see which record it misses, and enter it where "
                "your domain is kept.",
            ),
        ),
        (
            domain.certificates(
                {"shop.example": Handshake(problem="Hostname mismatch, certificate is not valid for 'shop.example'")}
            ),
            fault(
                "Browsers warn of shop.example: Hostname mismatch, certificate is not valid for 'shop.example'.",
                "Make a certificate for all of the shop's names in us-east-1, and deploy with it: "
                "docs/going-live.md, step 3.",
            ),
        ),
        (domain.certificates({}), fault("The shop's address does not begin with https.", "pouch deploy")),
    ],
)
def test_the_certificate(said: Verdict | None, expected: Verdict | None) -> None:
    """It is believed for all names, and for a while."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (buckets.closed(Walls("b"), what="pages"), ok("The bucket of pages is closed.")),
        (
            buckets.closed(Walls("b", public=True), what="pages"),
            fault(
                "The policy of the bucket of pages lets everybody in.",
                "In AWS's console, S3, b, Permissions: take that out of the policy, then pouch deploy.",
            ),
        ),
        (
            buckets.closed(Walls("b", unblocked=("BlockPublicAcls",)), what="pages"),
            fault(
                "The bucket of pages does not block public access (BlockPublicAcls).",
                "In AWS's console, S3, b, Permissions, Block public access: choose all.",
            ),
        ),
        (buckets.versions(Walls("b"), what="releases"), ok("The bucket of releases keeps old versions.")),
        (
            buckets.versions(Walls("b", versioned=False), what="releases"),
            fault(
                "The bucket of releases keeps no old versions, so pouch rollback finds nothing.",
                "In AWS's console, S3, b, Properties, Bucket versioning: enable it.",
            ),
        ),
        (buckets.refuses(Knock("b", 403), what="pages"), ok("Whoever asks the bucket of pages itself is refused.")),
        (
            buckets.refuses(Knock("b", 200), what="pages"),
            fault(
                "Whoever asks the bucket of pages itself is let in (it answers 200).",
                "In AWS's console, S3, b, Permissions: choose Block public access, and look at the policy.",
            ),
        ),
        (
            buckets.refuses(Knock("b", 404), what="pages"),
            fault(
                "Whoever asks the bucket of pages itself is let in (it answers 404).",
                "In AWS's console, S3, b, Permissions: choose Block public access, and look at the policy.",
            ),
        ),
        (
            buckets.refuses(Knock("b", 500), what="pages"),
            fault("Whoever asks the bucket of pages itself gets the answer 500.", "pouch deploy"),
        ),
    ],
)
def test_buckets_are_closed(said: Verdict | None, expected: Verdict | None) -> None:
    """By their settings, and when somebody tries."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (published.in_force(POINTER, now=NOW), ok("Release a1b2 is in force, for 3 days.")),
        (published.in_force(POINTER, now=97 * DAY), ok("Release a1b2 is in force, since today.")),
        (published.in_force(POINTER, now=98 * DAY), ok("Release a1b2 is in force, for 1 day.")),
        (published.in_force(None, now=NOW), fault("Nothing is published yet.", "pouch publish")),
        (published.in_force(Pointer(), now=NOW), fault("Nothing is published yet.", "pouch publish")),
        (published.purged(POINTER), ok("The CDN knows of every changed page.")),
        (
            published.purged(replace(POINTER, unpurged=("/",))),
            warning(
                "The CDN was not told of 1 changed page, and may show what was there before for up to a day.",
                "pouch publish",
            ),
        ),
        (
            published.purged(replace(POINTER, unpurged=("/", "/about/"))),
            warning(
                "The CDN was not told of 2 changed pages, and may show what was there before for up to a day.",
                "pouch publish",
            ),
        ),
        (published.purged(Pointer()), None),
        (published.hanging(POINTER, now=NOW), ok("No publication was left half done.")),
        (
            published.hanging(replace(POINTER, publishing=Publishing("x", "ada", NOW - 10, NOW + 50)), now=NOW),
            note("Somebody is publishing at this moment."),
        ),
        (
            published.hanging(replace(POINTER, publishing=Publishing("x", "ada", NOW - 900, NOW - 600)), now=NOW),
            warning(
                "A publication stopped 10 minutes ago; some of its pages may be in place.",
                "pouch publish (it goes on where that stopped)",
            ),
        ),
        (published.hanging(None, now=NOW), None),
    ],
)
def test_the_release_in_force(said: Verdict | None, expected: Verdict | None) -> None:
    """Which one, whether the CDN knows, whether somebody stopped midway."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (published.pages(STANDING), ok("All 2 public files of the release are there.")),
        (
            published.pages(replace(STANDING, pages={"/index.html": TAGS["/index.html"]})),
            fault(
                "/404.html of release 1802e011168f63f1 is not there.",
                MEND,
            ),
        ),
        (
            published.pages(replace(STANDING, pages={})),
            fault(
                "/404.html and 1 more of release 1802e011168f63f1 are not there.",
                MEND,
            ),
        ),
        (
            published.pages(replace(STANDING, pages=TAGS | {"/index.html": "0"})),
            warning(
                "/index.html is not as in release 1802e011168f63f1.",
                MEND,
            ),
        ),
        (published.catalogue(STANDING), ok("All that the functions read and sell is there.")),
        (
            published.catalogue(replace(STANDING, kept=frozenset({"c"}), sold=frozenset())),
            fault(
                "2 of the files that the functions read or sell are not there, so carts or downloads fail.",
                f"{MEND} Until then: pouch rollback",
            ),
        ),
    ],
)
def test_the_files_of_the_release(said: Verdict | None, expected: Verdict | None) -> None:
    """All are there, and as the release has them."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (pages.answers(HOME, what="the home page"), ok("The home page answers (/).")),
        (
            pages.answers(Page("/", Heard(404, {}), https=True), what="the home page"),
            fault(
                "The home page does not answer (/ answers 404).", "pouch publish; if that changes nothing, pouch deploy"
            ),
        ),
        (
            pages.answers(Page("/cart", Heard(503, {}), https=True), what="the cart"),
            fault(
                "The cart fails (/cart answers 503).",
                "Look into the log in AWS's console (CloudWatch, Log groups), then pouch deploy.",
            ),
        ),
        (
            pages.headed(HOME, what="the home page", kept="s-maxage=86400"),
            ok("The home page has the headers that it needs."),
        ),
        (
            pages.headed(HOME, what="the cart", kept="no-store"),
            warning(
                "The cart says public, s-maxage=86400 of how long it may be kept, and not no-store.",
                "pouch publish, then pouch deploy",
            ),
        ),
        (
            pages.headed(Page("/", Heard(200, {}), https=False), what="the home page", kept="no-store"),
            fault(
                "The home page comes without Content-Security-Policy, Cross-Origin-Opener-Policy, "
                "Permissions-Policy, Referrer-Policy, X-Content-Type-Options.",
                "pouch deploy",
            ),
        ),
        (
            pages.headed(
                Page("/", Heard(200, STRICT | {"content-security-policy": "default-src *"}), https=True),
                what="the home page",
                kept="",
            ),
            fault("The home page comes without a strict Content-Security-Policy.", "pouch deploy"),
        ),
        (
            pages.headed(Page("/", Heard(200, STRICT), https=True), what="the home page", kept="no-store"),
            warning(
                "The home page says nothing of how long it may be kept, and not no-store.",
                "pouch publish, then pouch deploy",
            ),
        ),
        (pages.headed(Page("/", Heard(404, {}), https=True), what="the home page", kept="no-store"), None),
        (pages.missing(Page("/x/", Heard(404, {}), https=True)), ok("Where nothing is, the shop says so (404).")),
        (
            pages.missing(Page("/x/", Heard(200, {}), https=True)),
            fault("Where nothing is, the shop answers 200 and not 404.", "pouch publish, then pouch deploy"),
        ),
    ],
)
def test_pages_answer(said: Verdict | None, expected: Verdict | None) -> None:
    """With what keeps shoppers safe, and kept as long as they should be."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (alarms.there((RINGS, CALM)), ok("There are 2 alarms.")),
        (alarms.there((CALM,)), ok("There is one alarm.")),
        (alarms.there(()), fault("There are no alarms.", "pouch deploy")),
        (
            alarms.there((CALM, replace(RINGS, heard=False))),
            fault("1 of 2 alarms tell nobody, such as pouch-live-NoRunAlarm.", "pouch deploy"),
        ),
        (alarms.quiet((CALM,)), ok("No alarm rings.")),
        (alarms.quiet(()), None),
        (alarms.quiet((CALM, RINGS)), warning("An alarm rings: pouch-live-NoRunAlarm.", "Look into the log.")),
        (
            alarms.quiet((RINGS, replace(CALM, state="ALARM"))),
            warning("2 alarms ring: pouch-live-NoRunAlarm, pouch-live-HeldAlarm.", "Look into the log."),
        ),
        (
            alarms.quiet((CALM, replace(CALM, state="INSUFFICIENT_DATA"))),
            note("No alarm rings; 1 of 2 have not heard anything yet."),
        ),
        (alarms.heard(Listeners(1)), ok("Alarms go to 1 address.")),
        (alarms.heard(Listeners(2, 1)), ok("Alarms go to 2 addresses.")),
        (
            alarms.heard(Listeners(0, 1)),
            fault(
                "Nobody gets the alarms, because Amazon's mail about them was not confirmed.",
                'Click "Confirm subscription" in the mail from AWS Notifications; look among spam for it. After '
                "three days it is void: in AWS's console, SNS, Subscriptions, Request confirmation.",
            ),
        ),
        (alarms.heard(Listeners(0)), fault("Nobody gets the alarms.", "pouch deploy")),
    ],
)
def test_alarms_are_there(said: Verdict | None, expected: Verdict | None) -> None:
    """They tell somebody, and none rings."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            table.recovery(Guards("orders")),
            ok("Orders can be brought back as they were at any moment of the last 35 days."),
        ),
        (
            table.recovery(Guards("orders", recovery=False)),
            fault(
                "Orders cannot be brought back: point-in-time recovery is off.",
                "In AWS's console, DynamoDB, Tables, orders, Backups, Point-in-time recovery: turn it on.",
            ),
        ),
        (table.protected(Guards("orders"), live=True), ok("The table cannot be deleted by a slip.")),
        (
            table.protected(Guards("orders", protected=False), live=True),
            fault(
                "The table can be deleted by a slip.",
                "In AWS's console, DynamoDB, Tables, orders, Additional settings, Deletion protection: turn it on.",
            ),
        ),
        (
            table.protected(Guards("orders", protected=False), live=False),
            warning(
                "The table can be deleted by a slip.",
                "In AWS's console, DynamoDB, Tables, orders, Additional settings, Deletion protection: turn it on.",
            ),
        ),
        (table.expiry(Guards("orders")), ok("What is over is forgotten by itself.")),
        (
            table.expiry(Guards("orders", expiry="")),
            warning(
                "Nothing is forgotten, so tries and notes stay for ever.",
                "In AWS's console, DynamoDB, Tables, orders, Additional settings, Time to live: turn it on with until.",
            ),
        ),
        (
            table.expiry(Guards("orders", expiry="ends")),
            warning(
                "What is over is forgotten by ends, and not by until, so tries and notes stay for ever.",
                "In AWS's console, DynamoDB, Tables, orders, Additional settings, Time to live: turn it on with until.",
            ),
        ),
    ],
)
def test_the_table(said: Verdict | None, expected: Verdict | None) -> None:
    """It can be brought back, is not deleted by a slip, and forgets."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (schedules.reconciled(Runs(600)), ok("The shop looks after its orders.")),
        (
            schedules.reconciled(Runs(3600)),
            fault(
                "The shop has not looked after its orders for 60 minutes; it should every 15.",
                "pouch reconcile does by hand what is due. Then look into the log (CloudWatch, Log groups).",
            ),
        ),
        (
            schedules.reconciled(Runs(None)),
            fault(
                "The shop has not looked after its orders for six hours or more.",
                "pouch reconcile does by hand what is due. Then look into the log (CloudWatch, Log groups); pouch "
                "deploy mends the schedule.",
            ),
        ),
        (schedules.undealt_with(0), ok("There is no news that nobody could deal with.")),
        (
            schedules.undealt_with(1),
            warning(
                "1 piece of news could not be dealt with.",
                "pouch audit --stripe says whether something is missing; the queue DeadLetters (AWS's console, SQS) "
                "keeps the news for two weeks.",
            ),
        ),
        (
            schedules.undealt_with(12),
            fault(
                "12 pieces of news could not be dealt with.",
                "pouch audit --stripe says whether something is missing; the queue DeadLetters (AWS's console, SQS) "
                "keeps the news for two weeks.",
            ),
        ),
    ],
)
def test_what_happens_by_itself(said: Verdict | None, expected: Verdict | None) -> None:
    """The reconciler's runs, and news that was given up."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (clocks.agrees(30, "Stripe"), ok("This machine's clock agrees with Stripe's.")),
        (
            clocks.agrees(31, "Stripe"),
            fault(
                "This machine's clock is 31 seconds ahead of Stripe's.",
                "Switch on that it is set by the network (date and time settings).",
            ),
        ),
        (
            clocks.agrees(-31, "AWS"),
            fault(
                "This machine's clock is 31 seconds behind AWS's.",
                "Switch on that it is set by the network (date and time settings).",
            ),
        ),
        (clocks.agrees(None, "AWS"), None),
    ],
)
def test_clocks(said: Verdict | None, expected: Verdict | None) -> None:
    """Half a minute is too much."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            content.minimum(Goods(SETTINGS, (POSTCARD, FREE))),
            ok("Whatever is sold, and however it is sent, comes to an amount that Stripe takes."),
        ),
        (
            content.minimum(Goods(SETTINGS, (CHEAP,))),
            warning(
                "A cart with PIN alone can come to less than €0.50, which Stripe does not take.",
                "Raise the price, sell it in sets, or raise the cheapest way of delivery in "
                "content/shop/shipping.yaml.",
            ),
        ),
        (
            content.minimum(Goods(SETTINGS, (POSTCARD, FILE, CHEAP))),
            warning(
                "A cart with MAP and 1 more alone can come to less than €0.50, which Stripe does not take.",
                "Raise the price, sell it in sets, or raise the cheapest way of delivery in "
                "content/shop/shipping.yaml.",
            ),
        ),
    ],
)
def test_amounts_that_stripe_takes(said: Verdict | None, expected: Verdict | None) -> None:
    """One piece of everything with the cheapest delivery, or nothing at all."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (content.choices(Goods(SETTINGS, (POSTCARD,))), ok("Shoppers choose from five ways of delivery at most.")),
        (
            content.choices(Goods(replace(SETTINGS, shipping=SIX), (POSTCARD,))),
            note(
                "In Ireland, a shopper may have to choose from 6 ways of delivery; with more than five people stop "
                "comparing.",
                "In content/shop/shipping.yaml, leave out those that hardly anybody takes.",
            ),
        ),
        (
            content.choices(Goods(replace(SETTINGS, shipping=SIX), (FILE,))),
            ok("Shoppers choose from five ways of delivery at most."),
        ),
    ],
)
def test_ways_of_delivery(said: Verdict | None, expected: Verdict | None) -> None:
    """Five are enough."""
    assert said == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (settings.keys("", here=True), ok("What links are signed with is made by make serve.")),
        (
            settings.keys("", here=False),
            fault(
                "SHOP_SECRET_KEYS is not set, so nothing works.",
                "Make one with openssl rand -hex 32, and store it as SHOP_SECRET_KEYS: docs/going-live.md, step 2.",
            ),
        ),
        (
            settings.keys("0123456789abcdef,short", here=False),
            fault(
                "SHOP_SECRET_KEYS holds a secret of less than 16 characters.",
                "Make one with openssl rand -hex 32, and store it as SHOP_SECRET_KEYS: docs/going-live.md, step 2.",
            ),
        ),
        (settings.keys("0123456789abcdef", here=False), ok("What links are signed with is long enough.")),
        (settings.webhook_secrets("whsec_1, whsec_2"), ok("The shop knows what Stripe signs its news with.")),
        (
            settings.webhook_secrets(""),
            fault(
                "STRIPE_WEBHOOK_SECRETS is not set, so the shop takes no news from Stripe.",
                "In Stripe, Developers, Webhooks, choose the endpoint: copy its signing secret, and store it: "
                "docs/going-live.md",
            ),
        ),
        (
            settings.webhook_secrets("sk_live_1"),
            fault(
                "STRIPE_WEBHOOK_SECRETS holds something that is no signing secret of Stripe's.",
                "In Stripe, Developers, Webhooks, choose the endpoint: copy its signing secret, whsec_…",
            ),
        ),
        (
            settings.webhook_secrets("whsec_1,whsec_2,whsec_3"),
            note("STRIPE_WEBHOOK_SECRETS holds 3 secrets.", "Take out those that Stripe does not sign with any more."),
        ),
        (settings.address("https://shop.example", live=True), ok("The shop is at https://shop.example.")),
        (
            settings.address("http://shop.example", live=True),
            fault(
                "The shop's address, http://shop.example, does not begin with https.",
                "pouch deploy --set Domain=…, with a certificate: docs/going-live.md, step 3.",
            ),
        ),
        (
            settings.address("", live=False),
            warning(
                "The shop's address, none, does not begin with https.",
                "pouch deploy --set Domain=…, with a certificate: docs/going-live.md, step 3.",
            ),
        ),
        (
            settings.sender("Tern <hello@shop.example>", "shop.example"),
            ok("Mails come from hello@shop.example, which SES knows."),
        ),
        (
            settings.sender("hello@news.shop.example", "shop.example"),
            ok("Mails come from hello@news.shop.example, which SES knows."),
        ),
        (
            settings.sender("ada@shop.example", "ada@shop.example"),
            ok("Mails come from ada@shop.example, which SES knows."),
        ),
        (
            settings.sender("hello@other.example", "shop.example"),
            fault(
                "Mails come from hello@other.example, and SES knows shop.example only, so it takes none of them.",
                "pouch deploy --set 'MailFrom=…@shop.example'",
            ),
        ),
        (
            settings.sender("ben@shop.example", "ada@shop.example"),
            fault(
                "Mails come from ben@shop.example, and SES knows ada@shop.example only, so it takes none of them.",
                "pouch deploy --set 'MailFrom=…@shop.example'",
            ),
        ),
        (
            settings.sender("nobody", "shop.example"),
            fault(
                "MAIL_FROM is 'nobody', which is no sender.",
                "pouch deploy --set 'MailFrom=Tern & Gale <hello@shop.example>'",
            ),
        ),
    ],
)
def test_settings_of_the_shop(said: Verdict | None, expected: Verdict | None) -> None:
    """Secrets, address and sender."""
    assert said == expected
