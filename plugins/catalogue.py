"""The catalogue: all that can be bought, in shards that are made anew only when something in them changed."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from functions.shop.catalogue import shard_of
from plugins.fingerprint import fingerprint
from plugins.json_text import quoted_ascii
from plugins.memory import Memory
from plugins.product_maker import VARIANTS, place_of
from plugins.profile import Profile
from plugins.release import kept, kept_path

SHARD_SIZE = 256  # variants in a shard, about; a quote reads one shard for each of its lines at most
_PRINT = place_of(VARIANTS)


def kept_shards(build: Path, profiles: Iterable[Profile], memory: Memory) -> list[str]:
    """The names of the shards that hold what these products sell, all of them kept in `build`."""
    sellers = {sku: profile for profile in profiles for sku in profile.sold}
    skus = sorted(sellers)
    found = memory.made("shards", fingerprint("\n".join(skus)), lambda: shards(skus))

    def keep(numbers: Iterable[int]) -> list[str]:
        slugs = {sellers[sku].slug for number in numbers for sku in found[number]}
        texts = memory.fragments_of(VARIANTS, slugs)
        variants = dict(line.split("\t", 1) for _, text in texts for line in text.split("\n"))
        return [kept(build, shard_text(found[number], variants)) for number in numbers]

    names = memory.made_of("shard names", [_key(shard, sellers) for shard in found], keep)
    keep([number for number, name in enumerate(names) if not kept_path(build, name).exists()])
    return names


def shards(skus: Sequence[str]) -> list[list[str]]:
    """The SKUs, spread over a power of two of shards."""
    count = 1
    while count * SHARD_SIZE < len(skus):
        count *= 2
    found: list[list[str]] = [[] for _ in range(count)]
    for sku in skus:
        found[shard_of(sku, count)].append(sku)
    return found


def shard_text(skus: Iterable[str], variants: Mapping[str, str]) -> str:
    """What stands in a shard: these SKUs with their JSON texts."""
    return "{" + ",".join(f"{quoted_ascii(sku)}:{variants[sku]}" for sku in skus) + "}"


def _key(skus: Sequence[str], sellers: Mapping[str, Profile]) -> bytes:
    """Changes with the SKUs of a shard, and with what is said of them."""
    return fingerprint("\n".join(skus), b"".join([sellers[sku].prints[_PRINT] for sku in skus]))
