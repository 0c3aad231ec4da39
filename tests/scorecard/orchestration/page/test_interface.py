"""What programs and checkers read: packs, figures, the feed and the audit, as far as open."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from council_packs import OFFICER, PAGE, PANEL, PUBLIC, Q
from record import KPI

from scorecard.register import trail

SITE = "https://packs.example.gov.uk"
ATOM = "{http://www.w3.org/2005/Atom}"


def answer(client, user, address):
    told = client(user).get(f"{PAGE}{address}", headers={"accept": "application/json"})
    assert told.status_code == 200, told.text
    return told.json()


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ("viewer", [PUBLIC]),
        ("officer", [OFFICER, f"{Q}/officer/r1", PUBLIC]),
        ("member", [PUBLIC, PANEL]),
    ],
)
def test_published_packs_are_listed_as_far_as_they_are_open(client, user, expected):
    listed = [pack["pack"] for pack in answer(client, user, "/api/packs")["packs"]]
    if user == "member":  # who may see restricted packs may see internal ones too
        expected = [OFFICER, f"{Q}/officer/r1", *expected]

    assert sorted(listed) == sorted(expected)


def test_a_listed_file_is_fetched_by_its_address_and_has_its_hash(client):
    (pack,) = answer(client, "viewer", f"/api/packs?quarter={Q}&variant=public")["packs"]
    file = next(each for each in pack["files"] if each["path"] == "data/kpi_summary.csv")
    fetched = client("viewer").get(file["url"].removeprefix(SITE))

    assert file["url"] == f"{SITE}{PAGE}/packs/{PUBLIC}/data/kpi_summary.csv"
    assert len(fetched.content) == file["bytes"]
    assert pack["bodies"] == ["The public"]
    assert pack["published_at"] == "2025-07-21T10:00:00Z"


def test_figures_are_those_of_the_newest_revision_as_text_that_nobody_rounds(client):
    told = answer(client, "officer", f"/api/figures?kpi={KPI}&period_kind=quarter")

    assert told["total"] == 1
    (figure,) = told["figures"]
    assert (figure["pack"], figure["value"], figure["marker"]) == (OFFICER, "77.5", "[r]")
    assert answer(client, "viewer", "/api/figures?variant=officer") == {
        "total": 0, "offset": 0, "figures": [],
    }  # fmt: skip
    public = answer(client, "viewer", f"/api/figures?kpi={KPI}&period_kind=quarter")
    assert [each["value"] for each in public["figures"]] == ["75.0"]


def test_figures_come_in_pages(client):
    whole = answer(client, "viewer", "/api/figures")
    paged = [answer(client, "viewer", f"/api/figures?limit=1&offset={n}") for n in range(5)]

    assert whole["total"] == 4
    assert [each for page in paged for each in page["figures"]] == whole["figures"]


@pytest.mark.parametrize(
    "asked", ["limit=0", "limit=5001", "limit=x", "offset=-1", "offset=9" * 9, "period_kind=<b>"]
)
def test_what_cannot_be_asked_is_refused_without_being_repeated(client, asked):
    told = client("viewer").get(f"{PAGE}/api/figures?{asked}", headers={"accept": "*/*"})

    assert (told.status_code, "<b>" in told.text) == (422, False)


def test_the_description_names_what_is_read_only_and_nothing_else(client):
    told = answer(client, "viewer", "/api/openapi.json")

    assert sorted(told["paths"]) == ["/api/figures", "/api/packs"]
    assert {method for path in told["paths"].values() for method in path} == {"get"}
    assert told["servers"] == [{"url": f"{SITE}{PAGE}"}]
    assert told["components"]["securitySchemes"] == {"token": {"type": "http", "scheme": "bearer"}}


def test_the_feed_is_atom_and_names_published_packs_only(client):
    told = client("officer").get(f"{PAGE}/feed.atom")
    feed = ElementTree.fromstring(told.text)
    entries = feed.findall(f"{ATOM}entry")

    assert told.headers["content-type"].startswith("application/atom+xml")
    assert {entry.findtext(f"{ATOM}id") for entry in entries} == {
        f"{SITE}{PAGE}/packs/{pack}" for pack in (OFFICER, f"{Q}/officer/r1", PUBLIC)
    }
    newest = [e for e in entries if OFFICER in e.findtext(f"{ATOM}id")][0]  # noqa: RUF015
    assert newest.findtext(f"{ATOM}summary").endswith("=Late <tickets> & others")
    assert feed.findtext(f"{ATOM}updated") == "2025-07-21T10:00:00+00:00"


def test_the_audit_says_what_was_received_accepted_drafted_published_and_fetched(client):
    client("officer").get(f"{PAGE}/packs/{OFFICER}/pack.xlsx")
    told = client("approver").get(f"{PAGE}/audit.csv")
    rows = list(csv.DictReader(io.StringIO(told.content.decode("utf-8-sig"))))
    events = {row["event"] for row in rows}

    assert tuple(rows[0]) == trail.COLUMNS
    assert {"received", "accepted", "drafted", "published", "downloaded"} <= events
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    drafted = [row for row in rows if row["event"] == "drafted" and row["revision"] == "2"]
    # A spreadsheet takes no field for a formula.
    assert [row["said"] for row in drafted] == ["'=Late <tickets> & others"]
    published = [row for row in rows if row["event"] == "published"]
    assert {(row["role"], row["user_name"]) for row in published} == {("approver", "approver")}


def test_json_is_well_formed_for_every_reader(client):
    for user in ("viewer", "officer", "member"):
        for address in ("/api/packs", "/api/figures"):
            json.dumps(answer(client, user, address), allow_nan=False)


def test_the_audit_withholds_what_was_said_of_a_pack_that_is_not_open(client):
    def said(user):
        told = client(user).get(f"{PAGE}/audit.csv").content.decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(told))
        return {row["said"] for row in rows if row["variant"] == "panel"}

    assert said("steward") == {"Not shown: it is about a pack or a KPI that is not open to you."}
    assert said("approver") == {"", "Read the summary."}
