"""The list of packs and a pack's page say what is there, to each reader what is theirs."""

import pytest
from council_packs import BOARD, FIRST, OFFICER, PAGE, PUBLIC
from lxml import html
from record import KPI, Q


def page_of(client, user, address):
    answer = client(user).get(f"{PAGE}{address}")
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def rows_of(page, caption=""):
    tables = [t for t in page.iter("table") if caption in t.findtext("caption")]
    return [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in tables[0].xpath("./tbody/tr")
    ]


def text_of(page):
    return " ".join(page.text_content().split())


def test_the_list_names_each_variant_with_its_state_reason_and_earlier_revisions(client):
    page = page_of(client, "officer", "/packs")

    assert rows_of(page, "variants") == [
        ["Officer", "Corporate Management Team", "2", "Published 21 July 2025",
         "=Late <tickets> & others 1 figure restated.", "r1"],
        ["Board", "Digital Board", "1", "Draft. Review asked on 21 July 2025, 9:00am",
         "First pack of the quarter.", "None"],
        ["Public", "The public", "1", "Published 21 July 2025", "First pack of the quarter.",
         "None"],
    ]  # fmt: skip
    assert page.xpath("//h2/text()") == ["Quarter 1 of 2025-26"]


@pytest.mark.parametrize(
    ("asked", "variants", "figures"),
    [
        (f"quarter={Q}", 3, 0),
        ("quarter=2019-20-Q1", 0, 0),
        ("quarter=%27;drop", 0, 0),
        (f"kpi={KPI}", 3, 1),
        (f"kpi={KPI}&directorate=ICT", 3, 0),
        (f"kpi={KPI}&directorate=COUNCIL&quarter={Q}", 3, 1),
        ("kpi=nothing", 0, 0),
        ("kpi=%00", 0, 0),
        ("directorate=COUNCIL", 3, 1),
    ],
)
def test_packs_and_figures_are_found_by_quarter_kpi_and_directorate(
    client, asked, variants, figures
):
    page = page_of(client, "officer", f"/packs?{asked}")
    found = len(page.xpath("//a[contains(@href, '/figures/')]"))
    listed = page.xpath("//th[@scope='row']/a[contains(@href, '/packs/')]")

    assert (len(listed), found) == (variants, figures)


def test_what_was_looked_for_is_marked_and_never_written_back(client):
    page = client("officer").get(f"{PAGE}/packs?quarter={Q}&kpi=<script>alert(1)</script>").text

    assert f'<option value="{Q}" selected>' in page
    assert "alert(1)" not in page


def test_a_packs_page_tells_files_changes_rows_and_who(client):
    page = page_of(client, "officer", f"/packs/{OFFICER}")
    said = text_of(page)

    assert rows_of(page, "restated") == [
        ["Incidents resolved within SLA", "Whole council", Q, "75.0", "77.5",
         "Correction: =Late <tickets> & others"]
    ]  # fmt: skip
    assert rows_of(page, "Rows that are in no figure") == [["has 3 of 12 cells", "Tickets", "1"]]
    files = rows_of(page, " files")
    assert [row[0] for row in files][:3] == ["report.html", "report.pdf", "pack.xlsx"]
    assert all(len(row[2]) == 64 for row in files)
    assert "Which rows they are is shown to stewards." in said
    assert page.xpath("//details") == []
    assert page.xpath(f"//a[@href='{PAGE}/packs/{FIRST}']/text()") == ["Revision 1"]


def test_a_viewer_is_not_told_who_did_what(client):
    client("viewer").get(f"{PAGE}/packs/{PUBLIC}/pack.xlsx")
    said = text_of(page_of(client, "viewer", f"/packs/{PUBLIC}"))

    assert "Who did what" not in said
    assert "by schedule" not in said
    assert "Commentary" not in said
    assert "Downloaded" in text_of(page_of(client, "officer", f"/packs/{PUBLIC}"))


def test_a_steward_sees_the_rows_and_is_recorded(client):
    page = page_of(client, "steward", f"/packs/{OFFICER}")
    (link,) = page.xpath("//details//a/@href")
    rows = rows_of(page_of(client, "steward", link.removeprefix(PAGE)), "Rows by their number")

    assert rows == [["7", "row shape", "has <3> of 12 cells"]]
    seen = rows_of(page_of(client, "officer", f"/packs/{OFFICER}"), "event")[-1]
    assert seen[1:] == ["Downloaded", "steward (steward)",
                        "rows set aside of tickets_2025-06.csv"]  # fmt: skip


def test_rows_of_an_extract_that_the_pack_does_not_rest_on_are_404(client):
    for extract in ("0", "2", "99999999999999999999", "1%00", "..%2f1"):
        assert client("steward").get(f"{PAGE}/rows/{OFFICER}/{extract}").status_code == 404


def test_the_report_is_framed_with_the_way_back_above_it(client):
    page = page_of(client, "officer", f"/read/{BOARD}")

    assert page.xpath("//iframe/@src") == [f"{PAGE}/packs/{BOARD}/report.html"]
    assert page.xpath("//iframe/@title") == ["Report of the pack"]
    assert page.xpath("//main//a/@href") == [f"{PAGE}/packs/{BOARD}"]


def test_a_published_pack_whose_route_was_narrowed_is_seen_by_fewer(client, stores):
    routes = stores.settings.council / "routes.yaml"
    before = routes.read_text()
    routes.write_text(before.replace("visibility: public", "visibility: restricted"))
    try:
        assert client("viewer").get(f"{PAGE}/packs/{PUBLIC}").status_code == 404
        assert client("member").get(f"{PAGE}/packs/{PUBLIC}").status_code == 200
        routes.write_text(before.replace("visibility: restricted", "visibility: public"))
        # A pack that was made restricted stays so, whatever its route says now.
        assert client("viewer").get(f"{PAGE}/packs/{Q}/panel/r1").status_code == 404
    finally:
        routes.write_text(before)
