"""Who is in post in a month: invented people, with the logins by which every system knows them.

A post keeps its directorate, persona and hours; now and then its holder leaves, the post is empty
for a month, and somebody new with a new login takes it.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scorecard.period import Month
from scorecard.sample import directorates, story
from scorecard.sample.lines import Column
from scorecard.sample.seeds import generator

PERSONAS = ("Fixed", "Hybrid", "Mobile", "Home")
FIXED, HYBRID, MOBILE, HOME = range(4)
_PERSONA_SHARES = (  # one row per directorate
    (0.40, 0.32, 0.24, 0.04),
    (0.42, 0.34, 0.20, 0.04),
    (0.55, 0.27, 0.16, 0.02),
    (0.38, 0.44, 0.14, 0.04),
    (0.16, 0.70, 0.04, 0.10),
    (0.14, 0.74, 0.04, 0.08),
)
_PRINTS = (1.15, 1.30, 0.75, 0.85, 1.0, 1.1)  # appetite for paper, by directorate
_LEAVES = 0.011  # share of posts whose holder changes in a month

_INITIALS = "abcdefghijklmnoprstwyz"
_FAMILIES = """
ahmed akhtar allen anderson bailey baker barnes begum bell bennett brown butler campbell carter
chapman clarke collins cook cooper cox davies dixon edwards ellis evans fisher foster gibson gray
green griffiths hall harris harrison hill holmes hughes hunt hussain jackson james jenkins johnson
jones kaur kelly khan king knight lee lewis lloyd marshall martin mason matthews mills mitchell
moore morgan morris murphy murray okafor owen palmer parker patel phillips powell price reid
richards richardson roberts robinson rogers russell scott shaw simpson singh smith stevens stewart
taylor thomas thompson turner walker ward watson webb white wilkinson williams wilson wood wright
"""
_SURNAMES = _FAMILIES.split()

COUNCILLORS = 60


@dataclass(frozen=True)
class Staff:
    """Everybody in post in a month: one element per person in each array."""

    month: Month
    login: Column
    post: Any  # number of the post, the same in every month
    directorate: Any  # index into directorates.CODES
    persona: Any  # index into PERSONAS
    remote_capable: Any
    fte_hundredths: Any
    work_days: Any  # people x 5: a working day of the person's week
    home_days: Any  # people x 5: agreed to work at home on that weekday
    prints: Any  # weight of the person's printing
    joined: Any  # started this month
    leaving: Any  # not there next month

    def __len__(self) -> int:
        return len(self.post)


@dataclass(frozen=True)
class _Posts:
    """What belongs to a post, whoever holds it."""

    directorate: Any
    persona: Any
    remote_capable: Any
    fte_hundredths: Any
    work_days: Any  # posts x 5
    name: Any  # where in the list of logins its first holder's stands
    eagerness: Any  # for home working, 0 to 1
    weekday_liking: Any  # posts x 5: the higher, the sooner a home day
    prints: Any


@lru_cache(maxsize=2)
def _posts(seed: int, heads: int) -> _Posts:
    """The council's posts."""
    rng = generator(seed, "posts")
    directorate = rng.choice(6, heads, p=directorates.SHARE_OF_STAFF)
    shares = np.cumsum(_PERSONA_SHARES, axis=1)[directorate]
    persona = np.minimum((rng.random((heads, 1)) > shares).sum(axis=1), HOME)
    capable = (
        (persona == HYBRID) | (persona == HOME) | ((persona == MOBILE) & (rng.random(heads) < 0.6))
    )
    fte = rng.choice((100, 80, 60, 50), heads, p=(0.76, 0.11, 0.08, 0.05))
    return _Posts(
        directorate=directorate,
        persona=persona,
        remote_capable=capable,
        fte_hundredths=fte,
        work_days=_work_days(generator(seed, "posts, work days"), fte),
        name=rng.permutation(heads),
        eagerness=rng.random(heads),
        weekday_liking=rng.random((heads, 5)) + np.array([0.35, 0.0, 0.0, 0.12, 0.55]),
        prints=np.array(_PRINTS)[directorate] * (0.05 + rng.random(heads) ** 3),
    )


def _work_days(rng: np.random.Generator, fte: Any) -> Any:
    """The weekdays of each post: four for 0.8, three for 0.6; 0.5 is five half days."""
    wanted = np.where(fte == 80, 4, np.where(fte == 60, 3, 5))
    rank = np.argsort(np.argsort(rng.random((len(fte), 5)), axis=1), axis=1)
    return rank < wanted[:, None]


@lru_cache(maxsize=4)
def _vacated(seed: int, heads: int, month: Month) -> Any:
    """Which posts are empty in a month, their holder having left at the end of the one before."""
    if month <= story.EPOCH:
        return np.zeros(heads, bool)
    return generator(seed, "leavers", month).random(heads) < _LEAVES


@lru_cache(maxsize=4)
def _holders(seed: int, heads: int, month: Month) -> Any:
    """The how-manieth holder each post has in a month, counted from the epoch."""
    if month <= story.EPOCH:
        return np.zeros(heads, np.int64)
    return _holders(seed, heads, month.shifted(-1)) + _vacated(seed, heads, month)


def _home_days(posts: _Posts, month: Month) -> Any:
    """The weekdays that each post's holder is agreed to work at home."""
    extra = np.array([-9.0, 0.0, -0.6, 2.4])[posts.persona]
    wanted = np.floor(story.home_level(month) + extra + 3 * posts.eagerness - 1)
    wanted = np.where(posts.remote_capable, np.clip(wanted, 0, 5), 0)
    rank = np.argsort(np.argsort(-posts.weekday_liking, axis=1), axis=1)
    return (rank < wanted[:, None]) & posts.work_days


def _logins(name: Any) -> Column:
    """Logins such as jsmith12, a different one for each number."""
    surname = pa.array(_SURNAMES).take(pa.array(name % len(_SURNAMES)))
    rest = name // len(_SURNAMES)
    initial = pa.array(list(_INITIALS)).take(pa.array(rest % len(_INITIALS)))
    again = rest // len(_INITIALS)
    number = pc.if_else(pa.array(again == 0), "", pa.array(again + 1).cast(pa.string()))
    return pc.binary_join_element_wise(initial, surname, number, "")


@lru_cache(maxsize=2)
def in_post(seed: int, heads: int, month: Month) -> Staff:
    """Everybody in post in a month, about as many as there are posts."""
    posts = _posts(seed, heads)
    filled = np.flatnonzero(~_vacated(seed, heads, month))
    name = posts.name + heads * _holders(seed, heads, month)
    return Staff(
        month=month,
        login=_logins(name[filled]),
        post=filled,
        directorate=posts.directorate[filled],
        persona=posts.persona[filled],
        remote_capable=posts.remote_capable[filled],
        fte_hundredths=posts.fte_hundredths[filled],
        work_days=posts.work_days[filled],
        home_days=_home_days(posts, month)[filled],
        prints=posts.prints[filled],
        joined=_vacated(seed, heads, month.shifted(-1))[filled],
        leaving=_vacated(seed, heads, month.shifted(1))[filled],
    )


def councillors() -> Column:
    """The members' logins; they are not on the staff list."""
    return pc.binary_join_element_wise("cllr.", _logins(np.arange(COUNCILLORS) * 7 + 3), "")
