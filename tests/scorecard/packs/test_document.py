"""The document as data: the words of the page, in its order."""

from dataclasses import replace

from lxml import html

from scorecard.packs import webpage
from scorecard.packs.build import build
from scorecard.packs.document import structure


def blocks_of(told):
    """Every block in the order in which it is read."""

    def opened(blocks):
        for block in blocks:
            yield block
            for part in ("parts", "left", "right"):
                if block["kind"] in ("together", "beside", "columns"):
                    yield from opened(block.get(part, []))

    return [block for page in told["pages"] for block in opened(page["blocks"])]


def items_of(told):
    return [i for each in told["lists"] for part in each["parts"] for i in part["items"]]


def headings_of(told):
    lists = [each["title"] for each in told["lists"]]
    inside = [
        block["heading"] if block["kind"] == "commentary" else block["text"]
        for block in blocks_of(told)
        if block["kind"] in ("heading", "commentary")
    ]
    return [
        told["title"],
        *(a["title"] for a in told["alerts"]),
        "Summary",
        *lists,
        "About this pack",
        *inside,
    ]


def test_it_has_the_headings_of_the_page_in_its_order(content):
    page = html.fromstring(webpage.write(content).decode())
    found = [" ".join(e.text_content().split()) for e in page.iter("h1", "h2", "h3", "h4")]

    only_on_the_page = ["Contents", "Downloads"]
    wanted = [heading for heading in found if heading not in only_on_the_page]
    assert headings_of(structure(content)) == [*wanted, "Data of the charts"]


def test_it_has_the_tables_of_the_page_in_its_order_with_the_data_of_the_charts_last(content):
    page = html.fromstring(webpage.write(content).decode())
    captions = [" ".join(e.text_content().split()) for e in page.iter("caption")]
    tables = [block for block in blocks_of(structure(content)) if block["kind"] == "table"]

    of_charts = [series.subtitle for series in content.series]
    *others, definitions = [caption for caption in captions if caption not in of_charts]
    assert [table["caption"] for table in tables] == [*others, *of_charts, definitions]


def test_a_table_has_every_text_of_its_rows(content):
    tables = {b["caption"]: b for b in blocks_of(structure(content)) if b["kind"] == "table"}
    sheet = content.sheet("Factors")

    assert tables[sheet.title]["rows"] == [[cell.text for cell in row] for row in sheet.rows]


def test_a_chart_has_its_alternative_text_and_names_its_typeface(content):
    drawn = [block for block in blocks_of(structure(content)) if block["kind"] == "figure"]

    alts = [series.alt for series in content.series]
    assert [block["alt"] for block in drawn if block["alt"] in alts] == alts
    assert [b for b in drawn if 'font-family="Source Sans Pro"' not in b["svg"]] == []


def test_a_banner_stands_on_all_but_a_published_pack_that_is_final(content):
    published = replace(content, state="published", state_text="Published")

    assert structure(content)["banner"] == "Draft, not for publication. Revision 1."
    assert structure(published)["banner"] == ""
    assert structure(replace(published, provisional=("June is open.",)))["banner"] != ""


def test_a_council_without_carbon_says_so_and_links_to_no_kpi_of_it(records):
    content = build(records)
    off = replace(content, carbon=replace(content.carbon, instead="It is reported elsewhere."))
    told = structure(off)

    assert "It is reported elsewhere." in [b.get("text") for b in blocks_of(told)]
    linked = {item["to"] for item in items_of(told)} - {""}
    assert linked <= {block.get("anchor") for block in blocks_of(told)}


def test_on_paper_no_white_lies_below_the_words_of_a_chart(content):
    drawn = [block["svg"] for block in blocks_of(structure(content)) if block["kind"] == "figure"]

    assert [svg for svg in drawn if "paint-order" in svg] == []
