"""Who may see what on the officers' page: what Airflow lets a user do, and the roles they hold.

Airflow decides who is signed in, who reads and who works. Everything beyond that is a role in the
council's roles.yaml: nobody sees restricted packs, rows or the audit because they run the server.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scorecard.approval import users_of
from scorecard.governance import Role, Visibility
from scorecard.visibility import may_see

RESTRICTED = "restricted"
STEWARD = "steward"
APPROVER = "approver"
ROLES = ("owner", STEWARD, APPROVER, RESTRICTED)


@dataclass(frozen=True)
class Reader:
    """Somebody who is signed in: an officer or not, with the council's roles of the day."""

    user: str
    is_officer: bool
    roles: frozenset[str] = frozenset()

    @property
    def sees(self) -> Visibility:
        """The widest class of visibility that is open to the reader."""
        if RESTRICTED in self.roles:
            return "restricted"
        return "internal" if self.is_officer else "public"

    def may_see(self, visibility: str) -> bool:
        """Whether a KPI or a published pack of a visibility is open to the reader."""
        return may_see(self.sees, visibility)

    def may_see_pack(self, visibility: str, is_published: bool) -> bool:
        """Whether a pack is open to the reader; a draft only to officers."""
        return self.may_see(visibility) and (is_published or self.is_officer)

    @property
    def may_see_rows(self) -> bool:
        """Whether the reader may see which rows were set aside: a row number may name a person."""
        return STEWARD in self.roles

    @property
    def may_see_audit(self) -> bool:
        """Whether the reader may take the audit away."""
        return bool({STEWARD, APPROVER} & self.roles)


def roles_of(user: str, decided: Iterable[Role], day: date) -> frozenset[str]:
    """The roles that a user holds on a day."""
    known = tuple(decided)
    return frozenset(role for role in ROLES if user in users_of(known, role, day))
