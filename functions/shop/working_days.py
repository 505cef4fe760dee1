"""So many working days: how long something takes while nobody says from when on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Days:
    """Working days, from the least to the most."""

    least: int
    most: int

    def __add__(self, other: "Days") -> "Days":
        return Days(self.least + other.least, self.most + other.most)

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"
