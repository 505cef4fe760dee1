"""What a shopper chooses: whether a product's variants fit its options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plugins.content.fault import Position, position_of
from plugins.content.suggestion import did_you_mean
from plugins.content.yaml_nodes import entries_of

if TYPE_CHECKING:
    from plugins.content.product import ProductFields
    from plugins.content.variant import VariantFields

Axes = dict[str, tuple[str, ...]]


def options_of(variant: VariantFields, axes: Axes) -> tuple[str, ...]:
    """The variant's values in the order of the product's axes."""
    options = variant.options
    return tuple([options[axis] for axis in axes])


def report_choices(fields: ProductFields) -> None:
    """Report options without variants and the reverse, and each variant that does not fit."""
    if "options" in fields.entries and "variants" not in fields.entries:
        report = fields.report.of("options")
        report.wrong(fields.key("options"), "has nothing to choose from; list the variants, or delete the options")
    if "variants" in fields.entries and "options" not in fields.entries:
        sentence = "needs options that say what is chosen; write options: and below it Size: [A4, A3]"
        fields.report.of("variants").wrong(fields.key("variants"), sentence)
    if fields.has("options") and fields.options and not _is_sound(fields):
        _report_twice_listed(fields)
        _report_variants(fields)


def _is_sound(fields: ProductFields) -> bool:
    """Whether there is nothing to report, which is found in a third of the time that looking at each variant takes."""
    listed = [(axis, value) for axis, values in fields.options.items() for value in values]
    chosen = [frozenset(variant.options.items()) for variant in fields.variants]
    return (
        len({*listed}) == len(listed)  # no value stands twice
        and {*listed} == frozenset().union(*chosen)  # each is chosen, and nothing else
        and {len(fields.options)} == {*map(len, chosen)}  # every variant has one for each axis
        and len({*chosen}) == len(chosen)  # no two are the same
    )


def _report_twice_listed(fields: ProductFields) -> None:
    for axis, value, place in _placed_values(fields):
        values = fields.options[axis]
        if values.index(value) != _index_of(fields, axis, place):
            fields.report.of(axis).wrong(place, f"{value!r} stands twice in this list; delete one")


def _report_variants(fields: ProductFields) -> None:
    faults = len(fields.report.faults)
    for variant in fields.variants:
        _report_axes(variant, fields.options)
    if fields.has("variants") and len(fields.report.faults) == faults:
        _report_same(fields)
    if fields.has("variants") and len(fields.report.faults) == faults:
        _report_unused(fields)


def _report_axes(variant: VariantFields, axes: Axes) -> None:
    report = variant.report.of("options")
    missing = [axis for axis in axes if axis not in variant.options]
    if "options" in variant.entries and not variant.has("options"):
        return
    for axis, value in variant.options.items():
        key, place = _entry(variant, axis)
        if axis not in axes:
            report.wrong(key, f"there is no option {axis!r}; {did_you_mean(axis, axes)}")
        elif value not in axes[axis]:
            report.wrong(place, f"{value!r} is not in the list of {axis}; {did_you_mean(value, axes[axis])}")
    if missing and len(variant.options) < len(axes):
        example = ", ".join(f"{axis}: {values[0]}" for axis, values in axes.items())
        report.wrong(variant.place("options"), f"{' and '.join(missing)} must be chosen too; write {{{example}}}")


def _report_same(fields: ProductFields) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for variant in fields.variants:
        chosen, at = options_of(variant, fields.options), variant.place("options")
        if chosen in seen:
            sentence = (
                f"{', '.join(chosen)} is already sold by the variant in line {seen[chosen]}; change one of the two"
            )
            variant.report.of("options").wrong(at, sentence)
        seen.setdefault(chosen, variant.at.line)


def _report_unused(fields: ProductFields) -> None:
    used = {pair for variant in fields.variants for pair in variant.options.items()}
    for axis, value, place in _placed_values(fields):
        if (axis, value) not in used:
            fields.report.of(axis).wrong(place, f"no variant has {value!r}; add a variant, or take it out of the list")


def _placed_values(fields: ProductFields) -> Iterator[tuple[str, str, Position]]:
    for name, node in fields.entries["options"][1].value:
        for value, item in zip(fields.options[name.value], node.value, strict=True):
            yield name.value, value, position_of(item)


def _index_of(fields: ProductFields, axis: str, place: Position) -> int:
    _, values = entries_of(fields.entries["options"][1])[axis]
    return [position_of(item) for item in values.value].index(place)


def _entry(variant: VariantFields, axis: str) -> tuple[Position, Position]:
    name, value = entries_of(variant.entries["options"][1])[axis]
    return position_of(name), position_of(value)
