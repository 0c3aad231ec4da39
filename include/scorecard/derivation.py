"""Which hidden sums follow from sums that are shown, by exact linear algebra.

A sum is a vector over atoms, the smallest parts of which it is made. A hidden one follows when it
is a combination of shown ones: a total less its other parts, a quarter less two of its months, or
any longer chain of these.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Generic, Self, TypeVar

Name = TypeVar("Name", bound=Hashable)
Vector = Mapping[int, int]  # atom to how often it is in the sum
K = TypeVar("K", bound=Hashable)
Number = int | Fraction  # nearly all are whole, and those are reckoned with much sooner


@dataclass
class Shown(Generic[Name]):
    """Sums that a reader sees, each reduced by those before it."""

    # By its smallest atom: what is left of a sum, and of which shown sums that is made.
    _reduced: dict[int, tuple[dict[int, Number], dict[Name, Number]]] = field(default_factory=dict)

    @classmethod
    def of(cls, sums: Iterable[tuple[Name, Vector]]) -> Self:
        """What follows from these sums; the shortest are taken first."""
        shown = cls()
        for name, vector in sorted(sums, key=lambda pair: len(pair[1])):
            shown.add(name, vector)
        return shown

    def with_also(self, sums: Iterable[tuple[Name, Vector]]) -> "Shown[Name]":
        """The same and more; this one stays as it is."""
        more: Shown[Name] = Shown(dict(self._reduced))
        for name, vector in sums:
            more.add(name, vector)
        return more

    def add(self, name: Name, vector: Vector) -> None:
        """Take one more sum in; one that follows from the others adds nothing."""
        left, made_of = self._reduce(vector)
        if left:
            atom = min(left)
            scale = left[atom]
            made_of[name] = made_of.get(name, 0) + 1
            self._reduced[atom] = _divided(left, scale), _divided(made_of, scale)

    def source_of(self, vector: Vector) -> frozenset[Name] | None:
        """The shown sums from which a sum follows; None if it does not."""
        left, made_of = self._reduce(vector)
        return None if left else frozenset(made_of)

    def _reduce(self, vector: Vector) -> tuple[dict[int, Number], dict[Name, Number]]:
        """What is left of a sum when shown ones are taken off, and which ones, negative."""
        left: dict[int, Number] = {atom: number for atom, number in vector.items() if number}
        made_of: dict[Name, Number] = {}
        waiting = sorted(atom for atom in left if atom in self._reduced)
        while waiting:
            atom = waiting.pop(0)
            times = left.get(atom)
            if not times:
                continue
            off, parts = self._reduced[atom]
            _take(left, off, times)
            _take(made_of, parts, times)
            # What a row holds beside its own atom lies behind it: the search goes one way.
            waiting = sorted({*waiting, *(a for a in off if a in left and a in self._reduced)})
        return left, made_of


def _divided(sum_: dict[K, Number], by: Number) -> dict[K, Number]:
    """A sum divided exactly."""
    return sum_ if by == 1 else {name: _whole(Fraction(n) / by) for name, n in sum_.items()}


def _whole(number: Fraction) -> Number:
    return number.numerator if number.denominator == 1 else number


def _take(from_: dict[K, Number], off: Mapping[K, Number], times: Number) -> None:
    """Take a sum off another so many times, in place; what comes to nothing is gone."""
    for name, number in off.items():
        rest = from_.get(name, 0) - times * number
        if rest:
            from_[name] = rest
        else:
            from_.pop(name, None)
