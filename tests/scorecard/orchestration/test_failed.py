"""A failed task is told of where nobody watches: in runs of the schedule, and reviews it began."""

from types import SimpleNamespace

import pytest

from letterbox import connections, mail_server
from scorecard.orchestration import failed


def run_of(run_type, run_id, **of):
    run = {"dag_id": "publish_pack", "run_type": run_type, "run_id": run_id}
    run |= {"partition_key": None, "conf": None, **of}
    return {"dag_run": SimpleNamespace(**run), "ti": SimpleNamespace(task_id="sign_off.review")}


@pytest.mark.parametrize(
    ("context", "titles"),
    [
        (run_of("scheduled", "s", partition_key="2025-06"), ["Failed: publish_pack of 2025-06"]),
        (
            run_of("manual", "schedule__2025-26-Q1", conf={"period": "2025-26-Q1"}),
            ["Failed: publish_pack of 2025-26-Q1"],
        ),
        (run_of("manual", "manual__1", conf={"period": "2025-26-Q1"}), []),
        (run_of("backfill", "backfill__1", partition_key="2025-26-Q1"), []),
    ],
    ids=["schedule", "review of the schedule", "by hand", "backfill"],
)
def test_only_what_nobody_started_is_told_of(register, tmp_path, monkeypatch, context, titles):
    monkeypatch.setenv("SCORECARD_HOME", str(tmp_path))
    monkeypatch.setenv("SCORECARD_DATABASE_URL", register.url.render_as_string())
    with mail_server() as mail:
        for name, value in connections(mail=mail).items():
            monkeypatch.setenv(name, value)
        failed.failed(context)

    assert [message["Subject"] for _, message in mail.letters] == titles
