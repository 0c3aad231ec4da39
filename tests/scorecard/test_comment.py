"""Commentary is asked for, written to a file, taken in, and printed in the next revision."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from record import a_figure, a_measurement, approve
from sqlalchemy import insert, select

from scorecard import comment, draft, gather, publish, rebuild
from scorecard.commentary import COLUMNS, WrongComment
from scorecard.register import commentary as register_of
from scorecard.register.commentary import NoFigures
from scorecard.register.models import Figure, Measurement

Q = "2025-26-Q1"
INCIDENTS, BACKLOG = "incidents_resolved_within_sla", "open_tickets"
DESK, ANALYST = "Head of ICT Service Delivery", "Service Desk Analyst"
NOW = datetime(2025, 7, 15, 8, tzinfo=UTC)
LATER = datetime(2025, 7, 20, 9, tzinfo=UTC)
HEADINGS = ",".join(COLUMNS).encode() + b"\n"
FILLED = {"cause": "Two posts are empty.", "action": "Both are advertised.",
          "owner": DESK, "by_when": "2025-09-30"}  # fmt: skip


@pytest.fixture
def measured(register):
    """A measurement with a red figure of the council and of Place, and a concern at green."""

    def figure(kpi, directorate, rag, details=None):
        return {
            "measurement_id": "m", "kpi_id": kpi, "version": 1, "period": Q,
            "period_kind": "quarter", "directorate": directorate, "numerator": Decimal(9),
            "denominator": Decimal(12), "value": Decimal("75.0"), "state": "final", "flags": [],
            "why": "", "target": Decimal(90), "rag": rag, "rag_basis": "abs_tolerance: too far",
            "direction": "worse", "details": details or {},
        }  # fmt: skip

    concern = {
        "variation": "Concern high", "special_cause": "above the upper limit",
        "verdict_month": "2025-06",
    }  # fmt: skip
    with register.begin() as connection:
        connection.execute(
            insert(Measurement).values(id="m", quarter=Q, as_at=NOW, measured_at=NOW, identity={})
        )
        connection.execute(
            insert(Figure),
            [
                figure(INCIDENTS, "COUNCIL", "red"),
                figure(INCIDENTS, "PLA", "red"),
                figure(INCIDENTS, "ASC", "amber"),
                figure(BACKLOG, "COUNCIL", "green", concern),
            ],
        )


@pytest.fixture
def send(stores, measured, tmp_path):
    """Take in a file of rows by (KPI, directorate) with these cells; by default filled in well."""

    def run(*rows, by=ANALYST, now=LATER, headings=COLUMNS):
        path = tmp_path / "slots.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, headings)
            writer.writeheader()
            for kpi, directorate, cells in rows:
                writer.writerow({"quarter": Q, "kpi": kpi, "directorate": directorate, **cells})
        return comment.run(stores, path, Q, by, now)

    return run


def kept(stores):
    return [
        (c.kpi_id, c.directorate, c.cause, c.written_by)
        for c in register_of.of_quarter(stores.register, Q)
    ]


def test_each_open_slot_is_listed_with_why_it_asks_who_owes_it_and_by_when(stores, measured):
    rows = comment.rows(comment.asked_for(stores, Q))

    assert [(r["kpi"], r["directorate"], r["owed_by"], r["due"]) for r in rows] == [
        (INCIDENTS, "COUNCIL", DESK, "2025-07-28"),
        (INCIDENTS, "PLA", DESK, "2025-07-28"),
        (BACKLOG, "COUNCIL", DESK, "2025-07-28"),
    ]
    assert rows[0]["why"].startswith("Red: 75.0%, too far. Target 90.0% (originally 88.0%, ")
    assert rows[2]["why"] == (
        "Green: 75 tickets. More than chance, for the worse: June 2025 is above the upper limit"
    )


def test_the_quarter_that_ends_a_year_asks_for_what_is_red_in_it_and_in_the_year(stores):
    last = "2024-25-Q4"
    figures = [
        a_figure("75.0", last, rag="green"), a_figure("74.0", f"{last}-YTD"),
        a_figure("9.0", last, kpi=BACKLOG),
        a_figure("9.0", f"{last}-YTD", kpi=BACKLOG, rag="green"),
    ]  # fmt: skip
    a_measurement(stores.register, "y", figures, quarter=last)
    rows = comment.rows(comment.asked_for(stores, last))

    assert {r["kpi"]: r["why"].partition(",")[0] for r in rows} == {
        INCIDENTS: "Red: 74.0%", BACKLOG: "Red: 9 tickets",
    }  # fmt: skip


def test_a_look_at_an_earlier_moment_leaves_the_slots_of_the_next_draft(stores, measured, register):
    before = comment.rows(comment.asked_for(stores, Q))
    moments = {"as_at": NOW - timedelta(days=9), "measured_at": NOW + timedelta(days=1)}
    figure = {"kpi_id": INCIDENTS, "version": 1, "period": Q, "period_kind": "quarter",
              "directorate": "COUNCIL", "state": "awaiting", "flags": [], "why": "",
              "rag": "not_rated", "rag_basis": "", "direction": "same", "details": {}}  # fmt: skip
    with register.begin() as connection:
        connection.execute(insert(Measurement).values(id="a", quarter=Q, identity={}, **moments))
        connection.execute(insert(Figure).values(measurement_id="a", **figure))

    assert comment.rows(comment.asked_for(stores, Q)) == before != []


def test_the_file_to_fill_in_has_a_row_for_each_slot_and_can_be_read_again(
    stores, measured, tmp_path
):
    path = tmp_path / "slots.csv"
    path.write_bytes(comment.to_fill_in(comment.asked_for(stores, Q)))
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))

    assert [(row["kpi"], row["owner"], row["cause"]) for row in rows] == [
        (INCIDENTS, DESK, ""), (INCIDENTS, DESK, ""), (BACKLOG, DESK, ""),
    ]  # fmt: skip
    taken = comment.run(stores, path, Q, ANALYST, LATER)
    assert (taken.written, taken.left_empty, taken.refused) == (0, 3, ())


def test_good_rows_are_written_and_each_other_one_is_refused_with_its_number(stores, send):
    taken = send(
        (INCIDENTS, "COUNCIL", FILLED),
        (INCIDENTS, "ASC", FILLED),
        (INCIDENTS, "PLA", {**FILLED, "action": ""}),
        (BACKLOG, "COUNCIL", {"owner": DESK}),
        (INCIDENTS, "COUNCIL", {**FILLED, "cause": "Something else"}),
    )

    assert (taken.written, taken.unchanged, taken.left_empty) == (1, 0, 1)
    assert [words.partition(". ")[0] for words in taken.refused] == [
        f"slots.csv, row 3: {INCIDENTS} of ASC asks for no commentary this quarter",
        "slots.csv, row 4: action is missing",
        f"slots.csv, row 6: {INCIDENTS} of COUNCIL stands in row 2 already",
    ]
    assert kept(stores) == [(INCIDENTS, "COUNCIL", "Two posts are empty.", ANALYST)]


def test_a_change_is_a_new_comment_the_old_one_stays_and_the_same_words_are_written_once(
    stores, send
):
    counts = [
        vars(send((INCIDENTS, "COUNCIL", {**FILLED, "cause": cause}), by=by))
        for cause, by in (("One", ANALYST), ("Two", DESK), ("Two", ANALYST), ("One", DESK))
    ]

    assert [(told["written"], told["unchanged"]) for told in counts] == [
        (1, 0),
        (1, 0),
        (0, 1),
        (1, 0),
    ]
    assert [said[2:] for said in kept(stores)] == [("One", ANALYST), ("Two", DESK), ("One", DESK)]
    rows = comment.rows(comment.asked_for(stores, Q))
    assert (rows[0]["cause"], rows[0]["by_when"]) == ("One", "2025-09-30")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"by": "Ruth Jones"}, "'Ruth Jones' is no role of the council"),
        (
            {"headings": (*COLUMNS, "RAG")},
            "slots.csv, row 1: .* nothing else is taken in, a rating",
        ),
        ({"headings": COLUMNS[::-1]}, "slots.csv, row 1: the headings are 'by_when,owner"),
    ],
)
def test_a_file_that_is_not_what_was_asked_for_is_refused_whole(stores, send, how, words):
    with pytest.raises(WrongComment, match=words):
        send((INCIDENTS, "COUNCIL", FILLED), **how)

    assert kept(stores) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "row 1: the headings are ''"),
        ("Schr\u00e4g".encode("latin-1"), "is not in UTF-8. Save it as"),
        (b"x" * (comment.LARGEST + 1), "is larger than 1 MB"),
        (HEADINGS + b"x," * len(COLUMNS) + b"x", "row 2: has more cells"),
        (HEADINGS + b'"' + b"x" * 200_000, r"cannot be read as CSV \(.*\). Close every quotation"),
        (None, "there is no such file"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("usual_cells")
def test_a_file_that_cannot_be_read_says_why(stores, measured, tmp_path, content, words):
    path = tmp_path / "slots.csv"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(WrongComment, match=words):
        comment.run(stores, path, Q, ANALYST, LATER)


def test_a_quarter_without_figures_says_how_to_get_them(stores):
    with pytest.raises(NoFigures, match=r"2025-26-Q2: the register holds no figures.*make pack"):
        comment.asked_for(stores, "2025-26-Q2")


def test_commentary_makes_a_new_revision_that_says_so_and_prints_it(stores, send, register):
    def drafted(now):
        return Path(draft.run(stores, "m", "", "performance team", now))

    first = drafted(NOW)
    send((INCIDENTS, "COUNCIL", {**FILLED, "cause": "Posts <i>empty</i> & more"}))
    second = drafted(datetime(2025, 7, 21, tzinfo=UTC))
    page = (second / "report.html").read_text()

    assert (first.name, second.name, drafted(datetime(2025, 7, 22, tzinfo=UTC)).name) == (
        "r1", "r2", "r2",
    )  # fmt: skip
    assert (
        "3 figures ask for commentary. It is supplied for none of them."
        in (first / "report.html").read_text()
    )
    assert "3 figures ask for commentary. It is supplied for 1 of them." in page
    assert "Posts &lt;i&gt;empty&lt;/i&gt; &amp; more" in page
    assert "<i>" not in page
    assert "Commentary supplied." in page


def test_commentary_is_a_reason_beside_figures_that_moved(stores, send, register):
    draft.run(stores, "m", "", "performance team", NOW)
    send((INCIDENTS, "COUNCIL", FILLED))
    with register.begin() as connection:
        connection.execute(
            insert(Measurement).values(id="n", quarter=Q, as_at=NOW, measured_at=LATER, identity={})
        )
        columns = [column.name for column in Figure.__table__.columns]
        for row in connection.execute(
            select(*(Figure.__table__.c[name] for name in columns))
        ).all():
            value = Decimal(70) if row.directorate == "PLA" else row.value
            connection.execute(
                insert(Figure).values({**row._mapping, "measurement_id": "n", "value": value})
            )
    folder = Path(draft.run(stores, "n", "", "performance team", LATER))

    assert json.loads((folder / "manifest.json").read_text())["reason"] == (
        "1 figure moved. Among them: Incidents resolved within SLA, PLA, 2025-26-Q1: 75.0% to "
        "70.0%. Commentary supplied."
    )


def test_a_published_edition_keeps_the_commentary_of_its_day(stores, send):
    send((INCIDENTS, "COUNCIL", {**FILLED, "cause": "Before"}), now=NOW)
    send((INCIDENTS, "COUNCIL", {**FILLED, "cause": "After"}), now=LATER)
    records = comment.asked_for(stores, Q)
    reading = comment.packs.read(stores.register, "m")
    drafted = replace(records.edition, variant="officer")
    edition = replace(drafted, published_at=datetime(2025, 7, 16, tzinfo=UTC))

    def causes(edition):
        return [c.cause for c in gather.records_of(stores, reading, edition).commentary]

    assert (causes(edition), causes(drafted)) == (["Before"], ["Before", "After"])
    assert records.commentary[-1].by_when == date(2025, 9, 30)


def test_what_is_written_after_the_draft_is_not_in_what_was_approved_and_comes_with_a_reason(
    stores, send
):
    a_draft = Path(draft.run(stores, "m", "", "performance team", NOW))
    send((INCIDENTS, "COUNCIL", {**FILLED, "cause": "Written while it was reviewed"}), now=LATER)
    approve(stores, at=LATER)
    published = Path(publish.run(stores, Q, "officer", 1, LATER, LATER))

    assert published == a_draft
    assert "Written while it was reviewed" not in (published / "report.html").read_text()
    assert rebuild.run(stores, published).is_same
    following = Path(draft.run(stores, "m", "A cause came", "performance team", LATER))
    assert "Written while it was reviewed" in (following / "report.html").read_text()
