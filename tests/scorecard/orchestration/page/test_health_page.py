"""How the service is: in words for officers, and as JSON for a monitor."""

from council_packs import PAGE


def test_a_monitor_is_told_what_answers_what_is_missing_and_what_is_due(client, stores):
    answer = client("officer").get(f"{PAGE}/health.json")
    told = answer.json()

    wells = {part["name"]: part["is_well"] for part in told["parts"]}
    assert (wells["Register"], wells["Object store"]) == (True, False)  # no raw file in these tests
    assert (answer.status_code, told["status"]) == (503, "down")
    assert {feed["source"] for feed in told["feeds"]} >= {"tickets", "budget"}
    assert {run["dag"] for run in told["runs"]} >= {"ingest_tickets", "quarterly_pack"}
    assert told["deadlines"] != []
    assert "tickets_2025-06.csv" not in answer.text


def test_the_page_says_the_same_in_words(client):
    told = client("officer").get(f"{PAGE}/health").text

    for words in ("something does not answer", "ingest_tickets", "Due next", "MissingObject"):
        assert words in told
