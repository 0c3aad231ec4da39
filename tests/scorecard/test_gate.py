"""What stops a draft, what marks it provisional, and what a person confirmed."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from given import NOW, incidents, ledger, tickets
from sqlalchemy import select

from scorecard import council, draft, gate, kpis, measure, reconcile
from scorecard.arrivals import AcceptedMonth
from scorecard.gate import DoesNotReconcile
from scorecard.period import FinancialQuarter, Month
from scorecard.reckoning import Reckoning, figures_of
from scorecard.register.measurements import MeasuredRow
from scorecard.register.models import Figure
from scorecard.settings import INCLUDE
from scorecard.tolerances import Confirmed, Gate, JumpLimits

Q = FinancialQuarter.parse("2025-26-Q1")
MONTHS = [str(Month(2024, 7).shifted(step)) for step in range(12)]
PAGES = "pages_printed"
DECIDED = council.read(INCLUDE / "council")
DEFINITIONS = {
    kpi: found
    for kpi, found in kpis.load(INCLUDE / "sql" / "kpi").items()
    if kpi in (PAGES, "pages_printed_in_colour", "open_tickets", "ledger_difference_from_control")
}


def printed(hou, asc=None, months=MONTHS):
    """Pages of two directorates by month, a quarter's and the council's with them."""
    series = {"HOU": hou.split(), "ASC": (asc or " ".join(["5000"] * len(months))).split()}
    rows = [
        MeasuredRow(PAGES, 1, month, code, Decimal(pages), Decimal(1))
        for code, volumes in series.items()
        for month, pages in zip(months, volumes, strict=True)
        if pages != "-"
    ]
    longer = (str(Q), Q.year_to_date.key)
    last = [row for row in rows if row.period == months[-1]]
    rows += [replace(row, period=period) for row in last for period in longer]
    every = [*months, *longer]
    rows += [
        MeasuredRow(
            PAGES, 1, period, "COUNCIL",
            sum((row.numerator for row in rows if row.period == period), Decimal(0)), Decimal(1),
        )
        for period in every
    ]  # fmt: skip
    return rows


def known(rows=(), arrived=None, confirmed=(), **choices):
    """A measurement of two directorates and three feeds, whole but for what a test says."""
    feeds = dict.fromkeys(("print_jobs", "staff", "tickets", "ledger"), MONTHS) | (arrived or {})
    accepted = [
        AcceptedMonth(table, "example", month, 100, number, Month.parse(month).ends_at)
        for number, (table, months) in enumerate(feeds.items())
        for month in months
    ]
    two = tuple(d for d in DECIDED.directorates if d.code in ("ASC", "HOU"))
    no_carbon = replace(DECIDED.settled.carbon, section="off")
    settled = replace(DECIDED.settled, gate=Gate(**choices), carbon=no_carbon)
    return Reckoning(
        quarter=Q,
        as_at=datetime(2025, 7, 21, tzinfo=UTC),
        rows=list(rows),
        accepted=accepted,
        modes=(),
        decided=replace(DECIDED, settled=settled, directorates=two, confirmed=tuple(confirmed)),
        definitions=DEFINITIONS,
        mapped={},
        sets=None,
    )


def found(measurement):
    return [(f.kind, f.outcome, f.period, f.directorate) for f in gate.passed(measurement)]


def marked(measurement, kpi=PAGES, period=str(Q)):
    """The state of each directorate's figure."""
    return {
        figure.directorate: figure.state
        for figure in figures_of(measurement)
        if (figure.kpi_id, figure.period) == (kpi, period)
    }


USUAL = "3000 " * 12
DOUBLED = "3000 " * 10 + "12360 3000"


def test_a_whole_quarter_of_usual_months_passes_without_a_finding():
    assert found(known(printed(USUAL))) == []


def test_a_jump_says_what_it_counts_against_what_and_who_confirms_it():
    (finding,) = gate.passed(known(printed(DOUBLED)))

    assert finding.message == (
        "printing, print_jobs of 2025-05: pages_printed of HOU counts 12,360 pages, 4.1 times the "
        "median of the 10 months before. Head of ICT Infrastructure confirms it in "
        "include/council/confirmed.csv or sends the month again."
    )


def test_a_jump_marks_the_figures_that_rest_on_its_rows_and_no_others():
    doubled = known(printed(DOUBLED))

    assert marked(doubled) == {"ASC": "final", "HOU": "provisional", "COUNCIL": "provisional"}
    assert marked(doubled, period="2025-05")["HOU"] == "provisional"
    assert marked(doubled, period="2025-06")["HOU"] == "final"
    assert marked(doubled, period=Q.year_to_date.key)["COUNCIL"] == "provisional"
    colour = [MeasuredRow("pages_printed_in_colour", 1, str(Q), "HOU", Decimal(9), Decimal(90))]
    beside = known([*printed(DOUBLED), *colour])
    assert marked(beside, "pages_printed_in_colour")["HOU"] == "provisional"
    assert set(marked(doubled, "open_tickets").values()) == {"final"}


def test_a_jump_of_the_council_is_told_once_and_marks_everyone():
    both = known(printed(DOUBLED, asc="5000 " * 10 + "20000 5000"))

    assert found(both) == [("jump", "provisional", "2025-05", "COUNCIL")]
    assert set(marked(both).values()) == {"provisional"}


def test_a_directorate_that_falls_while_the_council_rises_is_told_too():
    apart = known(printed("3000 " * 10 + "900 3000", asc="5000 " * 10 + "30000 5000"))

    assert found(apart) == [
        ("jump", "provisional", "2025-05", "COUNCIL"),
        ("jump", "provisional", "2025-05", "HOU"),
    ]


def test_a_directorate_without_rows_in_one_month_is_a_fall_to_nothing():
    gone = known(printed("3000 " * 10 + "- 3000"))

    assert found(gone) == [("jump", "provisional", "2025-05", "HOU")]


@pytest.mark.parametrize(
    ("usual", "now", "jumps"), [("5", "-", 1), ("5", "0", 1), ("4", "-", 0), ("5", "1", 0)]
)
def test_a_directorate_too_small_for_a_jump_is_missed_when_it_has_nothing(usual, now, jumps):
    gone = known(printed(f"{usual} " * 11 + now))

    assert found(gone) == [("jump", "provisional", "2025-06", "HOU")] * jumps
    assert marked(gone)["HOU"] == ("provisional" if jumps else "final")


def test_how_little_is_missed_is_a_line_of_a_councils_own_limits():
    limits = {"under": Decimal("0.4"), "over": Decimal(3), "base": Decimal(1000)}
    gone = printed("5 " * 11 + "-")

    assert found(known(gone, jumps={PAGES: JumpLimits(**limits, gone=Decimal(6))})) == []


def test_a_month_whose_feed_is_missing_is_no_jump_as_well():
    rows = [row for row in printed(USUAL) if row.period != "2025-05"]
    missing = known(rows, arrived={"print_jobs": [m for m in MONTHS if m != "2025-05"]})

    assert found(missing) == [("incomplete_feed", "provisional", str(Q), "COUNCIL")]


def test_a_jump_before_the_quarter_marks_its_figures_and_is_no_finding_of_the_quarter():
    before = known(printed("3000 " * 7 + "12360 " + "3000 " * 4), jump="stop")

    assert found(before) == []
    assert marked(before, period="2025-02")["HOU"] == "provisional"
    assert marked(before) == {"ASC": "final", "HOU": "final", "COUNCIL": "final"}


def test_a_jump_stops_the_draft_where_the_council_says_so():
    with pytest.raises(
        DoesNotReconcile, match=r"(?s)1 finding stops.*2025-05: pages_printed of HOU"
    ):
        gate.passed(known(printed(DOUBLED), jump="stop"))


def test_a_jump_that_was_confirmed_neither_stops_nor_marks_and_says_why():
    row = Confirmed(PAGES, "HOU", "2025-05", "Head of ICT Infrastructure, 3 July 2025", "Ballot")
    true = known(printed(DOUBLED), confirmed=[row], jump="stop")
    (finding,) = gate.passed(true)

    assert (finding.outcome, finding.period) == ("confirmed", "2025-05")
    assert finding.message.endswith(
        "10 months before. Confirmed by Head of ICT Infrastructure, 3 July 2025: Ballot."
    )
    assert set(marked(true).values()) == {"final"}


@pytest.mark.parametrize("row", [(PAGES, "ASC", "2025-05"), (PAGES, "HOU", "2025-06")])
def test_another_month_or_directorate_that_was_confirmed_confirms_nothing(row):
    confirmed = [Confirmed(*row, "Head of ICT Infrastructure", "Ballot")]

    assert found(known(printed(DOUBLED), confirmed=confirmed))[0][1] == "provisional"


@pytest.mark.parametrize(("over", "jumps"), [("4.12", 0), ("4.11", 1)])
def test_a_councils_own_limits_stand_in_place_of_the_kpis(over, jumps):
    limits = JumpLimits(Decimal("0.4"), Decimal(over), Decimal(1000))

    assert len(found(known(printed(DOUBLED), jumps={PAGES: limits}))) == jumps


@pytest.mark.parametrize("outcome", ["stop", "provisional"])
def test_a_missing_directorate_stops_or_marks_as_configured(outcome):
    rows = [
        MeasuredRow("open_tickets", 1, str(Q), code, Decimal(5), Decimal(1))
        for code in ("ASC", "COUNCIL")
    ]
    without_hou = known(rows, missing_directorate=outcome)
    said = "tickets of 2025-26-Q1: there is no row of HOU. Head of ICT Service Delivery sends it."

    if outcome == "stop":
        with pytest.raises(DoesNotReconcile, match=said):
            gate.passed(without_hou)
    else:
        assert [f.message for f in gate.passed(without_hou)] == [said]
        assert marked(without_hou, "open_tickets") == {
            "ASC": "provisional", "HOU": "awaiting", "COUNCIL": "provisional",
        }  # fmt: skip


def test_nobody_is_missing_among_the_late_rows_of_a_feed_that_sent_nothing():
    late = [MeasuredRow("open_tickets", 1, str(Q), "ASC", Decimal(1), Decimal(1))]
    late += [replace(row, directorate="COUNCIL") for row in late]

    assert found(known(late, arrived={"tickets": MONTHS[:9]})) == [
        ("incomplete_feed", "provisional", str(Q), "COUNCIL")
    ]


@pytest.mark.parametrize("outcome", ["stop", "provisional"])
def test_an_incomplete_feed_stops_or_marks_as_configured(outcome):
    half = known(printed(USUAL), arrived={"print_jobs": MONTHS[:-1]}, incomplete_feed=outcome)
    said = (
        "printing, print_jobs: incomplete without example 2025-06. "
        "Head of ICT Infrastructure sends it."
    )

    if outcome == "stop":
        with pytest.raises(DoesNotReconcile, match=said):
            gate.passed(half)
    else:
        assert [f.message for f in gate.passed(half)] == [said]
        assert set(marked(half).values()) == {"provisional"}


def test_everything_that_stops_is_told_at_once():
    rows = [
        *printed(DOUBLED),
        MeasuredRow("ledger_difference_from_control", 1, "2025-05", "COUNCIL", Decimal("0.01"), 1),
        MeasuredRow("open_tickets", 1, "2025-05", "ASC", Decimal(5), 1),
        MeasuredRow("open_tickets", 1, "2025-05", "COUNCIL", Decimal(6), 1),
    ]
    arrived = {"tickets": MONTHS[:-1]}

    with pytest.raises(DoesNotReconcile) as stopped:
        gate.passed(known(rows, arrived, incomplete_feed="stop", jump="stop"))
    first, *reasons = str(stopped.value).splitlines()
    assert first == "2025-26-Q1: 4 findings stop the draft."
    assert [reason.split(":")[0] for reason in reasons] == [
        "- tickets",
        "- budget, ledger of 2025-05",
        "- open_tickets, 2025-05",
        "- printing, print_jobs of 2025-05",
    ]


def test_a_ledger_that_missed_its_total_before_the_quarter_stops_nothing_now():
    row = MeasuredRow("ledger_difference_from_control", 1, "2025-03", "COUNCIL", Decimal(9), 1)

    assert found(known([row])) == []


# Through the steps, from extracts of the systems' own formats.


@pytest.fixture
def choose(stores, tmp_path):
    """The stores of a council that decided otherwise: lines of its gate, rows of confirmed.csv."""

    def change(*lines, confirmed=()):
        folder = tmp_path / "council"
        folder.mkdir(exist_ok=True)
        for path in stores.settings.council.iterdir():
            text = path.read_text(encoding="utf-8")
            for line in lines:
                key = line.split(":")[0]
                text = "".join(
                    f"  {line}\n" if kept.startswith(f"  {key}:") else kept
                    for kept in text.splitlines(keepends=True)
                )
            if path.name == "confirmed.csv":
                text += "".join(f"{row}\n" for row in confirmed)
            (folder / path.name).write_text(text, encoding="utf-8")
        return replace(stores, settings=replace(stores.settings, council=folder))

    return change


def solved(month, count, first):
    """So many incidents of Place, opened and resolved in a month."""
    rows = tickets(
        count, opened_at=f"{month}-02 09:00:00", resolved_at=f"{month}-02 12:00:00",
        **{"caller_id.department": "Place"},
    )  # fmt: skip
    return incidents(*({**row, "number": f"INC{n:07d}"} for n, row in enumerate(rows, first)))


@pytest.fixture
def desk(office):
    """Nine months of incidents; May has a third of the others'."""
    for place, month in enumerate(MONTHS[3:]):
        count = 20 if month == "2025-05" else 60
        office.send(f"{month}.csv", solved(month, count, 1 + 100 * place))
    office.take_in()
    return office


def quarter(stores, now=NOW):
    measurement = measure.run(stores, str(Q), now, now)
    reconcile.run(stores, measurement)
    return measurement


def test_a_quarter_with_findings_is_drafted_provisional_and_says_so_everywhere(desk, stores):
    folder = draft.run(stores, quarter(stores), "", "performance team", NOW)
    page = (stores.settings.packs / folder / "report.html").read_text(encoding="utf-8")
    with stores.register.connect() as connection:
        states = connection.execute(
            select(Figure.state).where(
                Figure.kpi_id == "incidents_resolved_within_sla",
                Figure.period == str(Q),
                Figure.directorate.in_(("COUNCIL", "PLA")),
            )
        ).scalars()
        assert set(states) == {"provisional"}

    assert "Draft, not for publication; provisional. Revision 1." in page
    assert "printing, print_jobs: nothing has been accepted for 2025-04, 2025-05, 2025-06." in page
    assert "tickets of 2025-26-Q1: there is no row of ASC, CYP, HOU, RES, CEX." in page
    assert (
        "tickets of 2025-05: incidents_resolved_within_sla of COUNCIL counts 20 incidents "
        "resolved, 0.33 times the median of the 7 months before."
    ) in page


def test_a_jump_is_confirmed_by_a_row_and_stops_no_longer(desk, choose):
    with pytest.raises(DoesNotReconcile, match=r"(?s)1 finding stops.*counts 20 incidents"):
        quarter(choose("jump: stop"))
    row = "incidents_resolved_within_sla,COUNCIL,2025-05,Head of ICT,The desk was closed for a week"
    theirs = choose("jump: stop", confirmed=[row])
    page = draft.run(theirs, quarter(theirs), "", "performance team", NOW)
    told = (theirs.settings.packs / page / "report.html").read_text(encoding="utf-8")

    assert "Confirmed by Head of ICT: The desk was closed for a week." in told


def test_a_feed_that_is_missing_stops_where_the_council_says_so_and_nothing_is_written(
    desk, choose, register
):
    with pytest.raises(DoesNotReconcile) as stopped:
        quarter(choose("incomplete_feed: stop"))

    assert "- printing, print_jobs: nothing has been accepted for 2025-04" in str(stopped.value)
    assert "tickets" not in str(stopped.value)
    with register.connect() as connection:
        assert connection.execute(select(Figure.kpi_id)).first() is None


@pytest.mark.parametrize(("total", "stops"), [("150.35", False), ("150.36", True)])
def test_a_ledger_a_penny_off_its_control_total_stops_the_draft(office, tmp_path, total, stops):
    path = ledger(tmp_path / "ledger.xlsx", {}, total=float(total))
    office.send("ledger.xlsx", path.read_bytes(), "budget")
    office.take_in("budget")

    if stops:
        said = (
            r"budget, ledger of 2025-05: .* by £0.01. Head of Finance Business Partnering correct"
        )
        with pytest.raises(DoesNotReconcile, match=said):
            quarter(office.stores)
    else:
        assert quarter(office.stores)
