"""The web page: structure, safety, and the same words as the workbook."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from scorecard.decisions import Event
from scorecard.packs import webpage
from scorecard.packs.build import build
from scorecard.packs.reader_tables import SUMMARY
from scorecard.packs.records import Figures
from scorecard.packs.webpage import Download

HOSTILE = "<script>alert(1)</script>\"'&"


def page_of(content):
    return html.fromstring(webpage.write(content).decode())


@pytest.fixture
def page(content):
    return page_of(content)


def text_of(element):
    return " ".join(element.text_content().split())


def test_there_is_one_h1_and_no_level_is_skipped(page):
    levels = [int(e.tag[1]) for e in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]

    assert levels.count(1) == 1
    assert [b for a, b in pairwise(levels) if b > a + 1] == []


def test_every_table_has_a_caption_and_scoped_headers(page):
    tables = list(page.iter("table"))

    assert len(tables) > 8
    assert [t for t in tables if t.find("caption") is None] == []
    assert [th for th in page.iter("th") if not th.get("scope")] == []


def test_every_chart_has_a_role_a_title_and_a_description(page):
    charts = list(page.iter("svg"))

    # Two KPIs have months, and the net its quarters; each is drawn wide and narrow.
    assert len(charts) == 6
    for chart in charts:
        names = chart.get("aria-labelledby").split()
        assert chart.get("role") == "img"
        assert [page.get_element_by_id(name).tag for name in names] == ["title", "desc"]


def test_no_id_is_given_twice(page):
    ids = page.xpath("//@id")

    assert len(ids) == len(set(ids))


def test_every_link_within_the_page_leads_somewhere(page):
    ids = set(page.xpath("//@id"))

    assert [a for a in page.xpath("//a/@href") if a.startswith("#") and a[1:] not in ids] == []


def test_nothing_is_run_and_nothing_is_fetched(page):
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]

    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert page.xpath("//script|//link|//img|//iframe|//*[@style]|//*[@onclick]") == []
    assert page.xpath("//@src") == []


def test_hostile_text_appears_escaped(records):
    event = Event(records.council.events[0].day, "event", "*", "tickets_solved", HOSTILE, "")
    rogue = replace(
        records,
        council=replace(records.council, events=(event,)),
        definitions=(
            replace(records.definitions[0], title=HOSTILE, definition=HOSTILE),
            *records.definitions[1:],
        ),
    )
    made = webpage.write(build(rogue)).decode()

    assert "<script>" not in made
    assert HOSTILE in html.fromstring(made).text_content()


def test_a_draft_says_so_at_the_top_and_a_published_pack_does_not(records):
    published = replace(records, edition=replace(records.edition, state="published"))
    told = "Draft, not for publication. Revision 1."

    assert text_of(page_of(build(records)).find_class("banner")[0]) == told
    assert page_of(build(published)).find_class("banner") == []


def test_every_summary_value_is_the_contents_value(page, content):
    table = page.xpath("//section[@aria-labelledby='kpis']//table")[0]
    shown = [
        [text_of(cell) for cell in row] for row in table.iter("tr") if row.find("td") is not None
    ]
    wanted = content.sheet("Summary")
    places = [wanted.columns.index(name) for name in SUMMARY]

    assert shown == [[row[place].text for place in places] for row in wanted.rows]


def test_the_page_says_which_feed_is_missing_before_any_figure(records):
    page = page_of(build(replace(records, months=dict(records.months) | {"tickets": frozenset()})))
    alert = page.find_class("alert")[0]

    assert "The feed tickets (tickets) has sent nothing for the whole quarter" in text_of(alert)
    order = [element for element in page.iter() if element in (alert, page.find(".//nav"))]
    assert order[0] is alert


def test_exceptions_of_the_council_stand_first_and_those_of_directorates_are_folded(records):
    red = {"rag": "red", "rag_basis": "abs_tolerance: too far"}
    rows = tuple(
        replace(f, **red) if (f.kpi_id, f.period) == ("tickets_solved", "2025-26-Q1") else f
        for f in records.figures.rows
    )
    section = page_of(build(replace(records, figures=Figures(rows)))).xpath(
        "//section[@aria-labelledby='exceptions']"
    )[0]
    shown = [
        [text_of(row[1]) for row in table.iter("tr") if row.find("td") is not None]
        for table in section.iter("table")
    ]

    assert shown == [["Whole council"], ["Human Resources", "Technology"]]


def test_a_download_names_its_type_and_size(content):
    made = webpage.write(content, [Download("pack.xlsx", "All tables", "Excel workbook", 421_888)])

    assert ">All tables (Excel workbook, 412 KB)</a>" in made.decode()


def test_every_text_colour_is_readable():
    style = (webpage.TEMPLATES / "report.css").read_text(encoding="utf-8")
    dark = set(re.findall(r"(?<!-)color:(#[0-9a-f]{3,6})", style)) - {"#fff"}

    assert [c for c in sorted(dark) if contrast(c, "#ffffff") < 4.5] == []


def contrast(one, other):
    """The contrast ratio of two colours, as WCAG defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_the_page_says_what_limits_say_beside_each_chart(judged):
    told = {"variation": "Concern low", "special_cause": "below the lower limit"}
    page = page_of(build(judged(**told)))
    article = page.xpath("//article[@aria-labelledby='tickets_solved']")[0]
    months = article.xpath(".//table[caption[contains(., 'by month')]]//tr/td[2]")

    assert [text_of(cell) for cell in months] == [
        "Common cause",
        "Common cause",
        "Concern low: below the lower limit",
    ]
    assert "Mean and limits are those of 2 months" in text_of(article.find_class("remarks")[0])


def test_print_shows_the_wide_chart_and_a_narrow_screen_the_narrow_one():
    style = (webpage.TEMPLATES / "report.css").read_text(encoding="utf-8")
    narrow = style[style.index("@media screen and (max-width:640px){") :].partition("\n}\n")[0]

    assert "svg.wide{display:none}" in narrow
    assert style.count("svg.wide{display:none}") == 1


def test_long_tables_are_folded_on_a_phone_alone_and_only_where_a_browser_can_unfold_them(page):
    style = (webpage.TEMPLATES / "report.css").read_text(encoding="utf-8")
    wide = style[style.index("@supports selector(::details-content){") :].partition("\n}\n}\n")[0]
    folded = page.xpath("//details[@class='fold']")

    assert "@media screen and (min-width:641px){" in wide
    assert ".fold::details-content{content-visibility:visible" in wide
    assert ".fold>summary{display:none}" in wide
    assert style.count(".fold>summary") == 1
    assert {text_of(each[0]) for each in folded} >= {"Checks and rows set aside"}


def test_print_shows_what_is_folded_and_the_page_says_what_it_leaves_out(page):
    style = (webpage.TEMPLATES / "report.css").read_text(encoding="utf-8")
    printed = style[style.index("@media print") :]

    assert "details::details-content{content-visibility:visible" in printed
    assert "details.numbers{display:none}" in printed
    assert "Left out in print: the data of the charts" in text_of(page.find_class("printed")[0])


def test_a_table_without_a_marker_column_says_nothing_of_blank_markers(page):
    told = [
        (table.xpath("string(caption)"), table.xpath(".//th[@scope='col'][.='Marker']") != [])
        for table in page.iter("table")
        if "Blank cells in the Marker column" in text_of(table.getparent())
        and table.getnext() is not None
        and "Blank cells in the Marker column" in text_of(table.getnext())
    ]

    assert len(told) > 2
    assert [caption for caption, has_marker in told if not has_marker] == []


def test_a_rating_has_a_shape_beside_its_word_that_no_screen_reader_reads():
    style = (webpage.TEMPLATES / "report.css").read_text(encoding="utf-8")
    shapes = re.findall(
        r"\.rag(?:\.(\w+))?::before\{content:\"([^\"]+)\";content:\"\2\" / \"\"\}", style
    )

    assert [name for name, _ in shapes] == ["", "green", "amber", "red", "blue"]
    assert len({shape for _, shape in shapes}) == 5


def test_exceptions_on_the_page_begin_with_the_kpi_and_leave_its_id_to_the_workbook(page):
    heads = [
        text_of(th)
        for th in page.xpath("(//section[@aria-labelledby='exceptions']//table)[1]//thead//th")
    ]

    assert heads == [
        *("KPI", "Directorate", "Why listed", "Cause", "Action", "Owner role", "By when")
    ]
