"""The pack of a council with a directorate of seven: no sheet, chart or sentence tells of them."""

import io
import re
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from attacker import Attack, unknowns
from small_council import DEFINITIONS, PARTS, reckoning, records
from test_suppression import CARBON, QUARTER, council_of, only_what_is_sensitive

from scorecard import suppression
from scorecard.kpis import rounded
from scorecard.packs import webpage, workbook
from scorecard.packs.build import build
from scorecard.packs.words import number
from scorecard.reckoning import figures_of

BASELINE = ("2023-04", "2023-05", "2023-06", "2024-01", "2024-02", "2024-03")
MONTHS = (*BASELINE, "2025-01", "2025-02", "2025-03", *QUARTER)
# Every number is another one, so that none is seen by chance.
COUNTS = {
    key: {**counted, "home": counted["home"] - Decimal(place) * Decimal("0.0137")}
    for place, (key, counted) in enumerate(council_of(MONTHS, CEX=7).items())
}


@pytest.fixture(scope="module")
def content():
    return build(records(reckoning(COUNTS), COUNTS))


def texts_in(value):
    """Everything that a reader could see of a pack's content, or of a part of it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Decimal):
        yield f"{value:f}"
    elif is_dataclass(value):
        for part in fields(value):
            yield from texts_in(getattr(value, part.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_in(part)


def numbers_in(texts):
    """Every number of some texts, without separators."""
    found = re.findall(r"\d[\d,]*(?:\.\d+)?", " ".join(texts))
    return {each.replace(",", "") for each in found}


def printed(figure):
    """The numbers of a figure as any part of a pack would print them."""
    decimals = DEFINITIONS[figure.kpi_id].decimals
    ways = [(figure.value, decimals), (figure.numerator, 2), (figure.denominator, 2)]
    ways += [(figure.numerator, 1), (figure.denominator, 1)]
    texts = [number(rounded(n, places), places) for n, places in ways if n is not None]
    texts += [f"{n.normalize():f}" for n in (figure.numerator, figure.denominator) if n is not None]
    return {text.replace(",", "").lstrip("−-") for text in texts}


def told_by_the_truth(monkeypatch):
    """The numbers of the figures that are withheld, save those that a shown figure has as well."""
    shown, hidden = [], []
    withheld = {_key(f) for f in figures_of(reckoning(COUNTS)) if f.state == "suppressed"}
    monkeypatch.setattr(suppression, "_hidden_of", lambda drafts, about: set())
    for figure in figures_of(reckoning(COUNTS)):
        if figure.value is not None:
            (hidden if _key(figure) in withheld else shown).append(figure)
    monkeypatch.undo()
    few = {n for figure in shown for n in printed(figure)}
    return {n for figure in hidden for n in printed(figure) if len(n) > 4} - few


def _key(figure):
    return figure.kpi_id, figure.period, figure.directorate


def test_no_word_or_number_of_the_pack_is_one_that_is_withheld(content, monkeypatch):
    secret = told_by_the_truth(monkeypatch)
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(content)))
    cells = [
        str(c.value) for s in book for row in s.iter_rows() for c in row if c.value is not None
    ]
    page = webpage.write(content, ()).decode()

    assert len(secret) > 50
    assert numbers_in(texts_in(content)) & secret == set()
    assert numbers_in(cells) & secret == set()
    assert numbers_in([re.sub(r"<svg.*?</svg>", "", page, flags=re.S)]) & secret == set()


def test_the_page_and_the_sheets_say_that_something_is_withheld(content):
    days = {(r[0].text, r[1].text): r for r in content.sheet("Remote_working").rows}
    share = next(k for t in content.themes for k in t.kpis if k.kpi_id == "remote_working_share")
    row = next(r for r in share.by_directorate.rows if r[0].text == "Chief Executive's Office")

    assert {cell.text for cell in days["2025-06", "CEX"][2:]} == {"[c]"}
    assert {cell.text for cell in days["2025-06", "RES"][2:]} == {"[c]"}
    assert days["2025-06", "ASC"][2].is_number
    assert days["2025-06", "COUNCIL"][2].is_number
    assert [cell.text for cell in row[1:]] == ["[c]", "Not rated", "Not comparable", "[c]"]
    assert any(note.startswith("People are protected") for note in content.notes)
    for name in ("KPI_figures", "Remote_working", "Carbon"):
        assert "[c] means withheld to protect people." in content.sheet(name).remarks


def read(cell):
    """A printed number; None where a marker stands."""
    text = cell.text.replace(",", "").replace("−", "-")
    return Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None


def attack_on_sheets(content):
    """Every number of the pack's sheets about people, as a reader would note it down."""
    attack = Attack(contradicted=60)  # a share to a tenth, of thousands of days
    for kpi, _, _, _, directorate, period, above, below, *_ in content.sheet("KPI_figures").rows:
        if kpi.text in PARTS and read(above) is not None:
            for part, cell in zip(parts_of(kpi.text), (above, below), strict=True):
                attack.learn(unknowns(part, period.text, directorate.text), read(cell))
    for month, directorate, home, office, *_ in content.sheet("Remote_working").rows:
        if read(home) is not None:
            at_home = unknowns("home", month.text, directorate.text)
            placed = unknowns("placed", month.text, directorate.text)
            attack.learn(at_home, read(home))
            attack.learn(placed, read(home) + read(office))
    for kpi, _, _, month, value, *_ in content.sheet("KPI_series").rows:
        if kpi.text in PARTS and read(value) is not None:
            attack.learn(share(kpi.text, month.text, read(value)), 0)
    return attack


def parts_of(kpi):
    return (kpi, kpi + " at 1") if kpi in CARBON else PARTS[kpi]


def share(kpi, month, value):
    """A printed share: so many times the part below the line is the part above it."""
    above, below = PARTS[kpi]
    times = value / (100 if DEFINITIONS[kpi].unit == "percent" else 1)
    weighed = dict.fromkeys(unknowns(below, month, "COUNCIL"), -times)
    return {**unknowns(above, month, "COUNCIL"), **weighed}


def learnt(content, directorate="CEX"):
    """What the sheets tell of a directorate's days, by quantity and period."""
    attack = attack_on_sheets(content)
    wanted = [(q, p) for q in ("home", "placed", "evidenced", "weeks")
              for p in (*QUARTER, "2025-26-Q1", "2024-25-Q4", "2025-26-Q1-YTD")]  # fmt: skip
    found = {key: attack.value_of(unknowns(*key, directorate)) for key in wanted}
    return {key: value for key, value in found.items() if value is not None}


def test_no_sum_over_the_sheets_tells_what_is_withheld(content):
    assert learnt(content, "CEX") == {}
    assert learnt(content, "RES") == {}
    assert len(learnt(content, "ASC")) == 18  # the reader knows how to read


def test_the_sheets_tell_all_where_only_the_small_group_itself_is_withheld(monkeypatch):
    monkeypatch.setattr(suppression, "_chosen", only_what_is_sensitive)
    naive = build(records(reckoning(COUNTS), COUNTS))

    told = learnt(naive)

    assert len(told) == 18
    truth = sum(COUNTS[month, "CEX"]["home"] for month in QUARTER)
    assert abs(told["home", "2025-26-Q1"] - Fraction(truth)) < 1
