"""A figure's history: what packs published of it, and its months as a chart."""

import pytest
from council_packs import PAGE, Q
from lxml import html
from record import KPI


def page_of(client, user, address):
    answer = client(user).get(f"{PAGE}/figures/{address}")
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def values_of(page):
    return [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in page.xpath("(//table)[1]/tbody/tr")
    ]


def test_an_officer_sees_each_value_with_its_packs_and_the_reason_of_a_revision(client):
    values = values_of(page_of(client, "officer", f"{KPI}/COUNCIL/{Q}"))

    assert values == [
        ["21 July 2025, 11:00am", "75.0%", "Final", "Red",
         f"{Q} officer r1, {Q} public r1", "None needed"],
        ["21 July 2025, 11:00am", "77.5%", "[r]", "Red", f"{Q} officer r2",
         "=Late <tickets> & others"],
    ]  # fmt: skip


def test_a_viewer_sees_what_packs_that_are_open_to_them_published(client):
    values = values_of(page_of(client, "viewer", f"{KPI}/COUNCIL/{Q}"))

    assert [(row[1], row[4]) for row in values] == [("75.0%", f"{Q} public r1")]


def test_the_months_are_drawn_and_stand_in_a_table(client):
    page = page_of(client, "officer", f"{KPI}/COUNCIL/{Q}")
    months = [row.findtext("th") for row in page.xpath("//details//tbody/tr")]

    assert len(page.xpath("//figure/svg[@role='img']")) == 2  # for wide screens and for narrow
    assert months == ["April 2025", "May 2025", "June 2025"]


def test_a_month_has_a_history_too(client):
    page = page_of(client, "officer", f"{KPI}/COUNCIL/2025-05")

    assert page.xpath("//h1/text()") == ["Incidents resolved within SLA, May 2025"]
    assert len(values_of(page)) == 1


@pytest.mark.parametrize(
    "address",
    [
        f"{KPI}/ICT/{Q}", f"{KPI}/COUNCIL/2019-20-Q1", f"{KPI}/COUNCIL/2025-13",
        f"{KPI}/COUNCIL/%00", f"{KPI}/COUNCIL/{Q}'--", f"nothing/COUNCIL/{Q}", f"{KPI}/%00/{Q}",
        f"{KPI}/COUNCIL/..", f"{KPI}/COUNCIL/0000-00-Q1",
    ],
)  # fmt: skip
def test_a_figure_that_nobody_published_is_404(client, address):
    assert client("officer").get(f"{PAGE}/figures/{address}").status_code == 404
