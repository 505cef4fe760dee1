"""What a shopper wants to know of a product, and how much each answer counts: the one table behind every score."""

from enum import Enum


class Aspect(Enum):
    """One thing to be told: its share of the 100 points, and what a shopper asks as long as it is not told."""

    PICTURES = (14, "What does it look like from another side?")
    SIZES = (12, "How large is it?")
    SAFETY = (10, "Who made it, and is it safe?")
    TEXT = (10, "What is it like, and what is it for?")
    WEIGHT = (8, "How heavy is it?")
    MATERIAL = (8, "What is it made of?")
    CARE = (8, "How do I look after it?")
    DELIVERY = (8, "When can I have it?")
    ALT_TEXT = (8, "What do the pictures show? I cannot see them.")
    INCLUDED = (6, "What exactly is in the parcel?")
    CHOICE = (4, "What does the other choice look like?")
    GTIN = (4, "Is it the very article that I saw elsewhere?")

    def __init__(self, points: int, question: str) -> None:
        self.points = points
        self.question = question
