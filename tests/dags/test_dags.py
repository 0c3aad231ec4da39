"""The DAGs as a whole: which there are, that Airflow can read them, what each says of itself."""

import re

import pytest
from airflow.exceptions import InvalidPartitionKeyError, ParamValidationError
from airflow.serialization.serialized_objects import DagSerialization

DAGS = {
    "ingest_budget",
    "ingest_printing",
    "ingest_remote_working",
    "ingest_tickets",
    "ingest_workforce",
    "publish_pack",
    "quarterly_pack",
    "retention",
}
TASKS = {
    "publish_pack": [
        "offer", "call", "sign_off.review", "sign_off.publish", "sign_off.announce",
        "sign_off.ask_again",
    ],
    "quarterly_pack": ["measure", "reconcile", "draft", "ask"],
    "retention": ["remove"],
}  # fmt: skip


def test_the_dags_are_exactly_these(dag_bag):
    assert dag_bag.import_errors == {}
    assert set(dag_bag.dags) == DAGS


@pytest.mark.parametrize("dag_id", sorted(DAGS))
def test_a_dag_explains_itself(dag_bag, dag_id):
    facts = re.findall(r"^\| ([A-Z][\w -]+?) \|", dag_bag.dags[dag_id].doc_md, re.M)

    assert {"Reads", "Writes", "Re-run", "On failure"} <= set(facts)


@pytest.mark.parametrize("dag_id", sorted(DAGS))
def test_a_dag_is_wired_tagged_and_tries_again(dag_bag, dag_id):
    dag = dag_bag.dags[dag_id]

    assert [task.task_id for task in dag.topological_sort()] == TASKS.get(
        dag_id, ["keep", "accept", "alert", "finish"]
    )
    assert any(tag.startswith("stage:") for tag in dag.tags)
    assert all(task.retries == 2 and task.retry_policy for task in dag.tasks)


def test_each_source_is_taken_in_on_the_working_day_by_which_it_arrives(dag_bag):
    days = {
        dag_id: dag.timetable.working_days
        for dag_id, dag in dag_bag.dags.items()
        if dag_id.startswith("ingest_")
    }

    assert days == {
        "ingest_tickets": 3, "ingest_budget": 7, "ingest_printing": 2,
        "ingest_remote_working": 2, "ingest_workforce": 5,
    }  # fmt: skip


@pytest.mark.parametrize("dag_id", sorted(DAGS))
def test_a_dag_survives_being_stored_by_airflow(dag_bag, dag_id):
    dag = dag_bag.dags[dag_id]
    read = DagSerialization.from_dict(DagSerialization.to_dict(dag))

    assert read.task_ids == dag.task_ids
    assert type(read.timetable).__name__ == type(dag.timetable).__name__
    if dag_id != "publish_pack":  # which waits to be asked
        assert read.timetable.serialize() == dag.timetable.serialize()


@pytest.mark.parametrize("dag_id", sorted(DAGS - {"publish_pack"}))
def test_a_run_is_asked_for_by_the_period_it_is_about(dag_bag, dag_id):
    timetable = dag_bag.dags[dag_id].timetable
    known = "2025-26-Q1" if dag_id == "quarterly_pack" else "2025-04"

    assert str(timetable.resolve_partition_date(known)) == "2025-03-31 23:00:00+00:00"
    with pytest.raises(InvalidPartitionKeyError, match="Write it like"):
        timetable.resolve_partition_date("2025-Q1")


@pytest.mark.parametrize(
    ("conf", "is_accepted"),
    [
        ({}, True),
        ({"period": "2025-26-Q1", "reason": "Late print logs."}, True),
        ({"as_at": "2025-08-01T09:30:00+00:00"}, True),
        ({"period": "2025-Q1"}, False),
        ({"as_at": "yesterday"}, False),
        ({"reason": None}, False),
    ],
)
def test_a_quarter_is_drafted_only_with_well_formed_answers(dag_bag, conf, is_accepted):
    params = dag_bag.dags["quarterly_pack"].params

    def answer():
        return {name: params.get_param(name).resolve(value=conf[name]) for name in conf}

    if is_accepted:
        assert answer() == conf
    else:
        with pytest.raises(ParamValidationError):
            answer()
