"""Coupons: what a shopper is told about a code that changes nothing, in one sentence with what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from functions.shop.basket import Basket, basket_of
from functions.shop.day import DayFormat, day_text
from functions.shop.discount import applied, discounts
from functions.shop.line import LineItem
from functions.shop.money import format_amount
from functions.shop.obstacle import Hurdle, Obstacle, obstacle
from functions.shop.occasion import Occasion
from functions.shop.promotion import Promotion, code_key
from functions.shop.sentence import Sentence, listed, msgid

LONGEST = 40  # characters of a code that are repeated to whoever typed it

_UNKNOWN = msgid("There is no code “{code}”. Please check how it is written.")
_SENTENCES = {
    Hurdle.EARLY: msgid("{code} is not valid before {starts}. Please come back then."),
    Hurdle.OVER: msgid("{code} was valid until {ends}. Please remove it."),
    Hurdle.USED_UP: msgid("{code} has been used as often as it could be. Please remove it."),
    Hurdle.WRONG_COUNTRY: msgid(
        "{code} is only for {countries}. Please choose another destination or remove the code."
    ),
    Hurdle.UNKNOWN_CUSTOMER: msgid("{code} depends on who orders. Please enter your e-mail address."),
    Hurdle.NOT_FIRST: msgid("{code} is only for a first order, and you have ordered before. Please remove it."),
    Hurdle.USED_BEFORE: msgid("You have used {code} already. Please remove it."),
    Hurdle.NOTHING_FITS: msgid("Nothing in your cart goes with {code} ({name}). Please add something that does."),
    Hurdle.TOO_MUCH: msgid(
        "{code} is only for up to {most}, and your cart holds {missing} more. Please remove the code."
    ),
    Hurdle.TOO_MANY: msgid("{code} is only for up to {pieces} pieces. Please take out {missing}, or remove the code."),
    Hurdle.NOT_SHIPPED: msgid("{code} is for a way of shipping that this cart does not have. Please remove it."),
    Hurdle.GIFT_GONE: msgid("The gift that comes with {code} is not to be had now. Please remove the code."),
    Hurdle.TOO_LITTLE: msgid("{code} is only for {least} or more. Please add {missing}."),
    Hurdle.TOO_FEW: msgid("{code} needs more pieces. Please add {missing}."),
}
_OF_GOODS = {
    Hurdle.NOTHING_FITS: msgid("{code} is only for {goods}, and your cart holds none. Please add some."),
    Hurdle.TOO_MUCH: msgid(
        "{code} is only for up to {most} of {goods}, and you have {missing} more. Please remove the code."
    ),
    Hurdle.TOO_MANY: msgid(
        "{code} is only for up to {pieces} of {goods}. Please take out {missing}, or remove the code."
    ),
    Hurdle.TOO_LITTLE: msgid("{code} is only for {least} or more of {goods}. Please add {missing}."),
    Hurdle.TOO_FEW: msgid("{code} needs more of {goods}. Please add {missing}."),
}
"""The same where the goods have a name."""
_OUTDONE = msgid("{code} does not combine with {others}. You save as much or more without it; please remove it.")
_ADDS_NOTHING = msgid("{code} adds nothing to {others}. Please remove it.")
_NO_EFFECT = msgid("{code} would change nothing for this cart. Please remove it.")


@dataclass(frozen=True, slots=True)
class CodeProblem:
    """Why a code that was entered, of a coupon or a balance, changes nothing.

    `hurdle` is None for a balance, for an unknown code, and when others save more.
    """

    code: str
    message: Sentence
    hurdle: Hurdle | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A coupon as a mail offers it. `until` is the last moment of its time, empty when it has no end, and `least` what
    goods must be worth (minor units).
    """

    code: str
    name: str
    until: str
    least: int


def coupon_of(code: str, promotions: Iterable[Promotion]) -> Promotion | None:
    """The promotion that a code unlocks, however it is typed; None when there is none."""
    return next((one for one in promotions if one.code and code_key(one.code) == code_key(code)), None)


def offer_of(code: str, promotions: Iterable[Promotion], days: DayFormat) -> Offer:
    """What a code offers. Raises LookupError when its promotion is gone."""
    promotion = coupon_of(code, promotions)
    if promotion is None:
        raise LookupError("This coupon is no longer among the promotions.")
    rules = promotion.conditions
    return Offer(promotion.code, promotion.name, _last_moment(rules.ends, days) if rules.ends else "", rules.min_goods)


def coupon_problem(
    code: str, promotions: Sequence[Promotion], lines: Sequence[LineItem], occasion: Occasion
) -> CodeProblem | None:
    """Why a code does not apply to these lines, or None when it does.

    `occasion.shopper.codes` holds it and all other codes that were entered.
    """
    promotion = coupon_of(code, promotions)
    if promotion is None:
        typed = " ".join(code.split())[:LONGEST]
        return CodeProblem(typed, Sentence(_UNKNOWN, code=typed))
    basket = basket_of(lines, occasion)
    if stands := obstacle(promotion, basket, occasion):
        return CodeProblem(promotion.code, _sentence(promotion, stands, occasion), stands.hurdle)
    in_force = {discount.promotion for discount in discounts(promotions, lines, occasion)}
    if promotion.id in in_force:
        return None
    others = [one for one in promotions if one.id in in_force]
    message = _without_effect(promotion, others, basket, occasion)
    return CodeProblem(promotion.code, message)


def _without_effect(promotion: Promotion, others: Sequence[Promotion], basket: Basket, occasion: Occasion) -> Sentence:
    """Why a promotion that applies is not in force, while others are."""
    if not applied([promotion], basket, occasion):
        return Sentence(_NO_EFFECT, code=promotion.code)
    sentence = _ADDS_NOTHING if all(one.combines for one in (promotion, *others)) else _OUTDONE
    return Sentence(sentence, code=promotion.code, others=listed([one.name for one in others]))


def _sentence(promotion: Promotion, stands: Obstacle, occasion: Occasion) -> Sentence:
    rules, money = promotion.conditions, occasion.money
    is_money = stands.hurdle in {Hurdle.TOO_LITTLE, Hurdle.TOO_MUCH}
    named = _OF_GOODS.get(stands.hurdle) if stands.goods.names else None
    return Sentence(
        named or _SENTENCES[stands.hurdle],
        code=promotion.code,
        name=promotion.name,
        starts=_moment(rules.starts, occasion.days) if rules.starts else "",
        ends=_last_moment(rules.ends, occasion.days) if rules.ends else "",
        countries=listed([occasion.countries.get(code, code) for code in rules.countries] or [""]),
        goods=listed(stands.goods.names or [""]),
        least=format_amount(rules.min_goods, money),
        most=format_amount(rules.max_goods or 0, money),
        pieces=rules.max_pieces,
        missing=format_amount(stands.missing, money) if is_money else stands.missing,
    )


def _moment(time: str, form: DayFormat) -> str:
    day, _, clock = time.partition("T")
    return day_text(day, form) if clock == _MIDNIGHT else f"{day_text(day, form)}, {clock}"


def _last_moment(ends: str, form: DayFormat) -> str:
    """The last day, where something ends with a day: what ends at midnight is valid on the day before."""
    day, _, clock = ends.partition("T")
    if clock != _MIDNIGHT:
        return _moment(ends, form)
    return day_text((date.fromisoformat(day) - timedelta(days=1)).isoformat(), form)


_MIDNIGHT = "00:00"
