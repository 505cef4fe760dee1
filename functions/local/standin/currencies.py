"""What Stripe knows about currencies: decimals, steps and the smallest charge.

Kept apart from the shop's own table on purpose: a stand-in that shared it could not catch a mistake in it.
Source: https://docs.stripe.com/currencies
"""

ZERO_DECIMAL = frozenset("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split())
THREE_DECIMAL = frozenset("bhd jod kwd omr tnd".split())
IN_HUNDREDS = frozenset({"isk", "ugx"})
TWO_DECIMAL = frozenset(
    """
    usd aed all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny cop crc
    cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg huf idr ils inr isk jmd kes kgs khr
    kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab pen pgk
    php pkr pln qar ron rsd sar sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah ugx uyu uzs
    wst xcd yer zar zmw
    """.split()
)
SUPPORTED = ZERO_DECIMAL | THREE_DECIMAL | TWO_DECIMAL
LARGEST_AMOUNT = 99_999_999
SMALLEST_CHARGE = {
    "usd": 50, "aed": 200, "aud": 50, "bgn": 100, "brl": 50, "cad": 50, "chf": 50, "czk": 1500, "dkk": 250,
    "eur": 50, "gbp": 30, "hkd": 400, "huf": 17500, "inr": 50, "jpy": 50, "mxn": 1000, "myr": 200, "nok": 300,
    "nzd": 50, "pln": 200, "ron": 200, "sek": 300, "sgd": 50, "thb": 1000,
}  # fmt: skip
_SYMBOLS = {"eur": "€", "usd": "$", "gbp": "£", "jpy": "¥", "inr": "₹", "krw": "₩"}


def smallest_charge(currency: str) -> int:
    """In minor units; 1 for currencies of which Stripe says only that they are converted first."""
    return SMALLEST_CHARGE.get(currency, 1)


def step(currency: str) -> int:
    """Amounts must be a multiple of this many minor units."""
    if currency in THREE_DECIMAL:
        return 10
    return 100 if currency in IN_HUNDREDS else 1


def shown(amount: int, currency: str) -> str:
    """An amount for people, such as `€24.00`, `¥500` or `24.00 CHF`."""
    decimals = 0 if currency in ZERO_DECIMAL else 3 if currency in THREE_DECIMAL else 2
    whole, fraction = divmod(abs(amount), 10**decimals)
    number = f"{whole:,}.{fraction:0{decimals}d}" if decimals else f"{whole:,}"
    sign = "−" if amount < 0 else ""
    symbol = _SYMBOLS.get(currency)
    return f"{sign}{symbol}{number}" if symbol else f"{sign}{number} {currency.upper()}"
