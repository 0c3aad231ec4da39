"""What a line of the estimate is made of: a quantity times a factor, and the sums of these.

Each product keeps what today's staff would have used in the baseline's ways, what they used, and
the factor then and now. So a line's kilograms, its interval, and its activity and factor effect
all come from the same numbers. Source: the carbon method, sections 3 and 4.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from scorecard.carbon.factors import Factor
from scorecard.carbon.uncertainty import Exposure, Terms, added

ZERO = Decimal(0)


@dataclass(frozen=True)
class Effects:
    """A naive change in two parts, in kilograms CO2e: only the first is a reduction."""

    activity: Decimal
    factor: Decimal

    @property
    def naive(self) -> Decimal:
        return self.activity + self.factor

    def __add__(self, other: "Effects") -> "Effects":
        return Effects(self.activity + other.activity, self.factor + other.factor)


def effects(x_cf: Decimal, x_now: Decimal, ef_then: Decimal, ef_now: Decimal) -> Effects:
    """A change split exactly: what people did (the reduction), and what factors did."""
    return Effects((x_cf - x_now) * ef_now, x_cf * (ef_then - ef_now))


@dataclass(frozen=True)
class Product:
    """One quantity times one factor; the quantity is counted in the factor's unit."""

    part: str  # paper, waste, electricity, toner, commuting, home_energy
    counterfactual: Decimal  # what today's staff would have used in the baseline's ways
    used: Decimal
    factor: Factor
    factor_then: Factor | None  # of the baseline's year; None if none is known for it
    exposure: Exposure

    @property
    def avoided(self) -> Decimal:
        """Kilograms avoided; below zero if more was used."""
        return (self.counterfactual - self.used) * self.factor.value

    @property
    def effects(self) -> Effects | None:
        """Activity and factor effect; None if the factor of the baseline's year is not known."""
        if self.factor_then is None:
            return None
        then, now = self.factor_then.value, self.factor.value
        return effects(self.counterfactual, self.used, then, now)


@dataclass(frozen=True)
class Quantity:
    """One number of the chain before factors: in the baseline, in its ways today, and as it is."""

    name: str
    unit: str
    baseline: Decimal | None
    counterfactual: Decimal | None
    used: Decimal


@dataclass(frozen=True)
class Line:
    """One line of the estimate, or why it is not known; and the grade of its evidence."""

    products: tuple[Product, ...] | None
    grade: str = ""
    missing: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()  # what its products are made from
    is_added: bool = False  # energy that was added: printed as such, and taken off the net

    @property
    def avoided(self) -> Terms | None:
        """What the line adds to the net, in kilograms, by what it is exposed to."""
        if self.products is None:
            return None
        return added(*({p.exposure: p.avoided} for p in self.products))

    @property
    def kg(self) -> Decimal | None:
        """The line as it is printed: kilograms avoided, or added."""
        if self.products is None:
            return None
        return self._sign * sum((p.avoided for p in self.products), ZERO)

    @property
    def parts(self) -> dict[str, Decimal]:
        """The line's kilograms by part, as it is printed."""
        found: dict[str, Decimal] = {}
        for product in self.products or ():
            kilograms = self._sign * product.avoided
            found[product.part] = found.get(product.part, ZERO) + kilograms
        return found

    @property
    def effects(self) -> Effects | None:
        """The line's activity and factor effect on the net, avoided being positive."""
        found = [product.effects for product in self.products or ()]
        known = [each for each in found if each is not None]
        if self.products is None or len(known) < len(found):
            return None
        return sum(known, Effects(ZERO, ZERO))

    @property
    def printed_effects(self) -> Effects | None:
        """The effects as the line is printed: of energy that was added, added is positive."""
        found = self.effects
        return found and Effects(self._sign * found.activity, self._sign * found.factor)

    @property
    def factors(self) -> tuple[Factor, ...]:
        return tuple(dict.fromkeys(product.factor for product in self.products or ()))

    @property
    def _sign(self) -> int:
        return -1 if self.is_added else 1


def sum_of(lines: Iterable[Line]) -> Line:
    """Several lines as one: what is known is added, what is not is named; the weakest evidence."""
    lines = list(lines)
    known = [line.products for line in lines if line.products is not None]
    return Line(
        products=_merged(p for products in known for p in products) if known else None,
        grade=max((line.grade for line in lines), default=""),
        missing=tuple(dict.fromkeys(why for line in lines for why in line.missing)),
        quantities=_summed(quantity for line in lines for quantity in line.quantities),
        is_added=any(line.is_added for line in lines),
    )


def _merged(products: Iterable[Product]) -> tuple[Product, ...]:
    """Products of the same factors and exposure as one."""
    found: dict[Product, Product] = {}
    for each in products:
        key = replace(each, counterfactual=ZERO, used=ZERO)
        before = found.get(key, key)
        found[key] = replace(
            each,
            counterfactual=before.counterfactual + each.counterfactual,
            used=before.used + each.used,
        )
    return tuple(found.values())


def _summed(quantities: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """Quantities of the same name as one; a part that one of them lacks is not known of all."""
    found: dict[str, Quantity] = {}
    for each in quantities:
        before = found.get(each.name)
        found[each.name] = each if before is None else _one(before, each)
    return tuple(found.values())


def _one(one: Quantity, other: Quantity) -> Quantity:
    def both(a: Decimal | None, b: Decimal | None) -> Decimal | None:
        return None if a is None or b is None else a + b

    return replace(
        one,
        baseline=both(one.baseline, other.baseline),
        counterfactual=both(one.counterfactual, other.counterfactual),
        used=one.used + other.used,
    )
