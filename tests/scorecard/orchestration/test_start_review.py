"""A review is started once for each quarter, by the schedule alone, and links to the page."""

from types import SimpleNamespace

import pytest
from airflow.sdk.exceptions import AirflowSkipException, DagRunTriggerException

from scorecard.orchestration import review
from scorecard.orchestration.review import StartReview


def start(run_type):
    """What the task asks of Airflow at the end of a run of the quarter."""
    run = SimpleNamespace(run_type=run_type, partition_key="2025-26-Q1")
    task = StartReview(task_id="ask")
    task.render_template_fields({"dag_run": run}, None)
    task.execute({"dag_run": run})


@pytest.mark.parametrize("run_type", ["manual", "backfill", "asset_triggered"])
def test_whoever_drafts_by_hand_starts_no_review(run_type):
    with pytest.raises(AirflowSkipException, match="start publish_pack when"):
        start(run_type)


def test_the_schedule_starts_one_review_of_a_quarter_however_often_it_runs():
    with pytest.raises(DagRunTriggerException) as asked:
        start("scheduled")

    assert asked.value.trigger_dag_id == "publish_pack"
    assert asked.value.conf == {"period": "2025-26-Q1"}
    assert asked.value.dag_run_id == "schedule__2025-26-Q1"
    assert asked.value.skip_when_already_exists


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://packs.example.gov.uk", "/performance"),
        ("https://packs.example.gov.uk/airflow/", "/airflow/performance"),
        ("", "/performance"),
    ],
)
def test_the_question_links_to_the_page_where_people_open_airflow(monkeypatch, address, page):
    monkeypatch.setenv("AIRFLOW__API__BASE_URL", address)

    assert review._page() == page
