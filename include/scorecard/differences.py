"""How a file differs from what a mapping reads, in words."""

from dataclasses import dataclass

from scorecard.mapping import heading_key


@dataclass(frozen=True)
class Difference:
    """What a mapping misses in a file, and what it does not know there."""

    system: str
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    is_far: bool = False  # it has none of the headings, or should have none and looks otherwise

    @property
    def fits(self) -> bool:
        """Whether the headings are those of the mapping."""
        return not self.missing and not self.unknown and not self.is_far


def nearest(differences: list[Difference], wanted: str | None) -> str:
    """Why no mapping fits, told against the one that comes closest, and what to do."""
    near_by = [difference for difference in differences if not difference.is_far]
    if differences and not near_by:
        # What stands there may be no headings, but what a person did: it is not repeated.
        what = f"the mapping '{wanted}'" if wanted else "a mapping"
        return (
            f"recognised as no system. Its first row has none of the headings that {what} names. "
            "Export it with its headings, or let `scorecard map FILE` propose a mapping."
        )
    if not differences:
        what = f"the mapping '{wanted}'" if wanted else "any mapping"
        return (
            f"it is not a file or sheet that {what} reads. See `scorecard sources`, or let "
            "`scorecard map FILE` propose a mapping."
        )
    near = min(near_by, key=lambda d: (len(d.missing) + len(d.unknown), d.system))
    parts = []
    if near.missing:
        parts.append(f"the headings {_listed(near.missing)} are missing")
    if near.unknown:
        parts.append(f"the headings {_listed(near.unknown)} are unknown")
    return (
        f"recognised as no system. It comes closest to {near.system}, but {' and '.join(parts)}. "
        "Export the agreed columns, or map or drop the headings in include/sources/"
        f"{near.system}.yaml; of another system, let `scorecard map FILE` propose one."
    )


def _listed(headings: tuple[str, ...]) -> str:
    shown = ", ".join(f"'{heading_key(h)[:60]}'" for h in headings[:6])
    return shown + (f" and {len(headings) - 6} more" if len(headings) > 6 else "")
