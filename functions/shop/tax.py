"""Tax: the part of a price with tax that is tax."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tax:
    """One rate that is included in every price. `rate` is in hundredths of a percent: 23 % is 2300."""

    name: str
    rate: int

    @property
    def percent(self) -> str:
        """The rate as people write it: `23` or `13.5`."""
        whole, fraction = divmod(self.rate, 100)
        return f"{whole}.{fraction:02d}".rstrip("0").rstrip(".")


def included_tax(gross: int, tax: Tax) -> int:
    """The tax within `gross` minor units, rounded half up, so that net and tax add up to gross."""
    scale = 10_000 + tax.rate
    return (2 * gross * tax.rate + scale) // (2 * scale)
