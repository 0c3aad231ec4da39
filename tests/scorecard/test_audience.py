"""What a reader may see follows from Airflow's word and the council's roles, and from no more."""

from datetime import date

import pytest

from scorecard.audience import Reader, roles_of
from scorecard.governance import Role

VIEWER = Reader("a", is_officer=False)
OFFICER = Reader("b", is_officer=True)
MEMBER = Reader("c", is_officer=False, roles=frozenset({"restricted"}))
CLEARED = Reader("d", is_officer=True, roles=frozenset({"restricted"}))


@pytest.mark.parametrize(
    ("reader", "published", "drafts"),
    [
        (VIEWER, {"public"}, set()),
        (OFFICER, {"public", "internal"}, {"public", "internal"}),
        (MEMBER, {"public", "internal", "restricted"}, set()),
        (CLEARED, {"public", "internal", "restricted"}, {"public", "internal", "restricted"}),
    ],
)
def test_a_pack_is_open_by_its_visibility_and_a_draft_to_officers(reader, published, drafts):
    classes = ("public", "internal", "restricted")

    assert {c for c in classes if reader.may_see_pack(c, is_published=True)} == published
    assert {c for c in classes if reader.may_see_pack(c, is_published=False)} == drafts


@pytest.mark.parametrize(
    ("role", "rows", "audit"),
    [
        ("owner", False, False),
        ("steward", True, True),
        ("approver", False, True),
        ("restricted", False, False),
    ],
)
def test_rows_are_for_stewards_and_the_audit_for_stewards_and_approvers(role, rows, audit):
    reader = Reader("a", is_officer=True, roles=frozenset({role}))

    assert (reader.may_see_rows, reader.may_see_audit) == (rows, audit)


def test_a_role_is_held_from_its_day_on_until_a_newer_line_leaves_the_user_out():
    lines = [
        Role("steward", date(2025, 4, 1), ("a", "b")),
        Role("steward", date(2025, 7, 1), ("b",)),
        Role("restricted", date(2025, 6, 1), ("a",)),
    ]
    held = {
        day: roles_of("a", lines, date(2025, *day)) for day in ((3, 31), (4, 1), (6, 30), (7, 1))
    }

    assert held == {
        (3, 31): frozenset(),
        (4, 1): {"steward"},
        (6, 30): {"steward", "restricted"},
        (7, 1): {"restricted"},
    }
    assert roles_of("A", lines, date(2025, 7, 1)) == frozenset()
