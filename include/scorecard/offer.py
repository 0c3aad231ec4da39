"""Step: the drafts of a quarter are offered to those who sign them off."""

from datetime import datetime

from scorecard import approval, known_decisions
from scorecard.approval import CannotApprove
from scorecard.council import Council
from scorecard.register import packs
from scorecard.register.packs import PackRow
from scorecard.stores import Stores


def run(stores: Stores, quarter: str, now: datetime) -> list[str]:
    """The roles that have drafts of a quarter to sign off; CannotApprove if there is no draft."""
    decided = known_decisions.read(stores.settings.council, now)
    named = dict.fromkeys(route.sign_off for route in decided.governance.routes)
    found = [role for role in named if drafts_of(stores, quarter, role, decided)]
    if not found:
        raise CannotApprove(f"{quarter}: there is no draft to approve. Draft the quarter first.")
    return found


def drafts_of(stores: Stores, quarter: str, role: str, decided: Council) -> tuple[PackRow, ...]:
    """The newest revision of each variant that a role signs off, if it is a draft."""
    variants = approval.variants_of(decided, role)
    newest = (packs.newest(stores.register, quarter, variant) for variant in variants)
    return tuple(pack for pack in newest if pack and pack.state == "draft")
