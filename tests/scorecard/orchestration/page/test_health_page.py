"""How the service is: in words for officers, and as JSON for a monitor."""

from pathlib import Path

from council_packs import PAGE


def test_a_monitor_is_told_what_answers_what_is_missing_and_what_is_due(client, stores):
    answer = client("officer").get(f"{PAGE}/health.json")
    told = answer.json()

    wells = {part["name"]: part["is_well"] for part in told["parts"]}
    assert wells == {"Register": True, "Object store": True, "Space": True}
    assert (answer.status_code, told["status"]) == (200, "late")
    assert {feed["source"] for feed in told["feeds"]} >= {"tickets", "budget"}
    assert {run["dag"] for run in told["runs"]} >= {"ingest_tickets", "quarterly_pack"}
    assert told["deadlines"] != []
    assert "tickets_2025-06.csv" not in answer.text


def test_the_page_says_the_same_in_words(client):
    told = client("officer").get(f"{PAGE}/health").text

    for words in ("something is missing", "ingest_tickets", "Due next", "Answers."):
        assert words in told


def test_a_monitor_is_told_by_503_that_a_part_does_not_answer(client, stores):
    place = stores.objects.root + f"/raw/{'a' * 64}"
    kept = Path(place).rename(f"{place}.away")
    try:
        answers = [client("officer").get(f"{PAGE}/health{end}") for end in (".json", "")]
    finally:
        kept.rename(place)

    assert [answer.status_code for answer in answers] == [503, 200]
    assert answers[0].json()["status"] == "down"
    assert "something does not answer" in answers[1].text
