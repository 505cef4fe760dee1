"""What is the same for all products of a shop, and therefore made once."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, Generic, Self, TypeVar, overload

from functions.shop.money import format_amount
from functions.shop.settings import Settings

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
remembered = lru_cache(maxsize=4096)
"""For functions that many products ask the same, such as what stands beside a price; the rarest answers are dropped."""


class worked_out(Generic[T_co]):  # noqa: N801 (it is used as a decorator)
    """A property that is worked out when it is first asked for, and kept in the thing itself.

    It is functools' cached_property without its lock, which takes longer than most of what is worked out; no two
    threads ask here.
    """

    def __init__(self, work: Callable[[Any], T_co]) -> None:
        self._work, self.__doc__ = work, work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, thing: None, owner: type) -> Self: ...
    @overload
    def __get__(self, thing: object, owner: type) -> T_co: ...
    def __get__(self, thing: object | None, owner: type) -> Self | T_co:
        """What is found under the name in the thing from the second time on, before this is even asked."""
        if thing is None:
            return self
        value = thing.__dict__[self._name] = self._work(thing)
        return value


def once(make: Callable[[Settings, str], T]) -> Callable[[Settings, str], T]:
    """Gives what `make` gives for a shop's settings and address, made anew only when it is asked about others.

    The settings are told apart as objects: they hold a dict, so they cannot be hashed, and to compare them takes long.
    """
    last: tuple[Settings, str, T] | None = None

    def made(settings: Settings, url: str) -> T:
        nonlocal last
        known = last
        if known is None or known[0] is not settings or known[1] != url:
            last = known = (settings, url, make(settings, url))
        return known[2]

    return made


@once
def _amounts(settings: Settings, _url: str) -> Callable[[int], str]:
    return cache(lambda minor: format_amount(minor, settings.money))


def amounts(settings: Settings) -> Callable[[int], str]:
    """What writes amounts for people as `format_amount` does; the same ones stand on many pages, so each once."""
    return _amounts(settings, "")
