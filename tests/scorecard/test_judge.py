from given import NOW, incidents, ledger, savings, survey, tickets, workforce

from scorecard import lookups
from scorecard.intake import Arrived, stage
from scorecard.judge import judge
from scorecard.workbench import workbench


def judged(folder, limits, *contents):
    """The verdicts on files that are judged together, as `accept` judges a batch."""
    with workbench(limits, lookups.read(limits.council, b"a key for tests only")) as bench:
        staged = []
        for n, content in enumerate(contents, start=1):
            path = folder / f"{n}.csv"
            path.write_text(content)
            staged.append(stage(bench, n, Arrived(path, path.name, NOW)))
        found = judge(bench.connection, staged)
        aside = [
            bench.connection.execute(f"select row, rule from aside_{n} order by row").fetchall()
            for n in range(1, len(contents) + 1)
        ]
    return found, aside


LATE = {"resolved_at": "2025-06-01 12:00:00"}


def test_files_that_are_judged_together_are_judged_each_for_itself(tmp_path, limits):
    found, aside = judged(
        tmp_path,
        limits,
        incidents(*tickets(5), {"number": "INC8", **LATE}),
        workforce({}),
        incidents(*tickets(6)),
        incidents({"number": "INC9", **LATE}),
    )
    assert aside == [[(7, "resolved_after_opened")], [], [], [(2, "resolved_after_opened")]]
    assert [one.staged.name for one in found] == ["1.csv", "2.csv", "3.csv", "4.csv"]
    assert [one.refusal is None for one in found] == [True, True, True, False]
    assert [one.rows_set_aside for one in found] == [1, 0, 0, 1]


def test_a_row_that_breaks_several_rules_is_set_aside_once_for_the_first_of_the_file(
    tmp_path, limits
):
    bad = {"number": "INC8", **LATE, "u_on_hold_minutes": "-1", "u_csat_score": "9"}
    found, aside = judged(tmp_path, limits, incidents(*tickets(8), bad))
    assert aside[0] == [(10, "resolved_after_opened")]
    assert found[0].rows_set_aside == 1


def test_a_row_is_set_aside_once_for_its_fault_and_its_repeat(tmp_path, limits):
    bad = {"number": "INC8", "caller_id.department": "Nowhere"}
    found, aside = judged(tmp_path, limits, incidents(*tickets(12), bad, bad))
    assert [row for row, _ in aside[0]] == [14, 15]
    assert found[0].rows_set_aside == 2


def test_a_doubled_key_of_rows_that_were_set_aside_refuses_nothing(tmp_path, limits):
    rows = [*tickets(8), {"number": "INC0000001", "priority": "P9"}]
    found, _ = judged(tmp_path, limits, incidents(*rows))
    assert found[0].refusal is None


def test_rows_that_were_repeated_or_superseded_are_no_faults(tmp_path, limits):
    found, _ = judged(tmp_path, limits, incidents(*tickets(4) * 5))
    assert (found[0].refusal, found[0].rows_set_aside) == (None, 16)


def test_answers_that_are_alike_all_count(tmp_path, limits):
    found, _ = judged(tmp_path, limits, survey({}, {}, {}))
    assert found[0].rows_set_aside == 0


def test_every_rule_of_the_suite_has_a_verdict(tmp_path, limits):
    from scorecard import checks
    from scorecard.judge import EXPECTATIONS

    found, _ = judged(tmp_path, limits, savings({"Saving ref": "S1"}))
    rules = [rule.id for rule in checks.load(EXPECTATIONS, "savings").rules]
    assert [verdict.rule for verdict in found[0].verdicts] == rules
    assert {verdict.result for verdict in found[0].verdicts} == {"passed"}


def test_amounts_are_compared_to_the_penny(tmp_path, limits):
    fits = {"Target": "0.30", "Delivered": "0.10", "On track": "0.20"}
    good = [{"Saving ref": f"S{n}", **fits} for n in range(9)]
    bad = {"Saving ref": "S9", **fits, "At risk": "0.01"}
    _, aside = judged(tmp_path, limits, savings(*good, bad))
    assert aside == [[(11, "parts_sum_to_target")]]


def test_a_critical_rule_on_rows_refuses_the_whole_file(tmp_path, limits):
    path = ledger(tmp_path / "l.xlsx", *[{}] * 9, {"Financial year": "2025/26"})
    with workbench(limits, lookups.read(limits.council, b"a key for tests only")) as bench:
        staged = stage(bench, 1, Arrived(path, path.name, NOW))
        (one,) = judge(bench.connection, [staged])
    assert str(one.refusal).startswith(
        "l.xlsx: the critical rule fin_year_written fails for 1 of 10 rows. "
        "The financial year must read like 2025-26."
    )
