"""`make up` says where Airflow is, who may sign in with which password, and what to do next."""

from scorecard.orchestration.local import welcome
from scorecard.orchestration.local.home import USERS

WORDS = {user: f"{user}-word" for user in USERS}


def said(port=8080, has_packs=True):
    return "\n".join(welcome.lines(port, WORDS, has_packs))


def test_users_stand_in_a_table_whose_headings_say_what_is_what():
    lines = said().splitlines()
    table = lines[lines.index("") + 4 :][: len(USERS) + 1]
    starts = [table[0].index(name) for name in ("User", "Password", "Role", "What it may do")]

    for row, (name, user) in zip(table[1:], USERS.items(), strict=True):
        begins, ends = starts, [*starts[1:], len(row)]
        cells = [row[a:b].strip() for a, b in zip(begins, ends, strict=True)]
        assert cells == [name, WORDS[name], user.role, user.may]


def test_both_addresses_are_those_of_the_port_that_was_free():
    told = said(port=8083)

    assert "Airflow:            http://localhost:8083\n" in told
    assert "Performance packs:  http://localhost:8083/performance/packs\n" in told


def test_the_next_step_is_to_draft_a_pack_where_there_is_none_and_else_to_read_it():
    reads = "sign in as officer, and open Performance packs in the navigation."

    assert f"Next: {reads}" in said()
    drafts = "`make pack`, in another window, drafts a pack. Then"
    assert f"Next: {drafts}\n{reads}" in said(has_packs=False)


def test_no_line_is_too_long_for_a_terminal_of_100_columns():
    assert max(map(len, [*said().splitlines(), *said(has_packs=False).splitlines()])) <= 100
