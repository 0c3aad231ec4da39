"""Users of a running Airflow who start, answer and get round an approval, through its own API."""

import time
from urllib.parse import quote

from scorecard import settings
from scorecard.orchestration.local.api import Airflow, Refused
from scorecard.orchestration.local.home import Home, passwords
from scorecard.orchestration.local.processes import find

DAG = "publish_pack"
REVIEW, PUBLISH = "sign_off.review", "sign_off.publish"
ENDED = {"failed", "upstream_failed"}  # and no more comes of it
# Seconds in which a person reads a question. Airflow 3.3.2 takes an answer that comes before its
# scheduler has noted that the asking worker is done for a fault of that worker, and asks again.
READS = 6
SOON = 300  # seconds: a machine may have much else to do


class User:
    """One user of the Airflow of a home."""

    def __init__(self, home, name):
        found = Home(settings.read({"SCORECARD_HOME": str(home)}))
        self.airflow = Airflow(find(found).port)
        self.airflow.sign_in(name, passwords(found)[name])

    def start(self, period):
        body = {"logical_date": None, "conf": {"period": period}}
        return self.airflow._ask("POST", f"/api/v2/dags/{DAG}/dagRuns", body)["dag_run_id"]

    def state(self, run, task):
        found = self.airflow._ask("GET", f"{_run(run)}/taskInstances?task_id={task}")
        return {each["state"] for each in found["task_instances"] if each["task_id"] == task}

    def run_after(self, run):
        """The run that asks about a draft that was made again, as if the same had started it."""
        self.waits_for(run, "sign_off.ask_again", "success")
        following = f"{run}__again_1"
        started_by = [self._started_by(each) for each in (run, following)]
        assert started_by[0] == started_by[1] is not None
        self.waits_for(following, REVIEW, "awaiting_input")
        return following

    def _started_by(self, run):
        return self.airflow._ask("GET", _run(run))["triggering_user_name"]

    def waits_for(self, run, task, *states):
        until = time.monotonic() + SOON
        while not (found := self.state(run, task)) & set(states):
            over = found & ENDED or time.monotonic() > until
            assert not over, f"{task} is {found}, and not {states}: {self._log(run, task)}"
            time.sleep(0.5)
        if "awaiting_input" in found:
            time.sleep(READS)
        return found

    def _log(self, run, task):
        """What a task said in its first try; the last part of it."""
        path = f"{_run(run)}/taskInstances/{task}/logs/1?map_index=0"
        try:
            return str(self.airflow._ask("GET", path))[-3000:]
        except Refused as refused:
            return str(refused)

    def run_of_the_schedule(self):
        """The one run that the schedule has started, once it has."""
        until = time.monotonic() + SOON
        while time.monotonic() < until:
            runs = self.airflow._ask("GET", f"/api/v2/dags/{DAG}/dagRuns")["dag_runs"]
            if found := [r["dag_run_id"] for r in runs if r["dag_run_id"].startswith("schedule_")]:
                assert len(found) == 1
                return found[0]
            time.sleep(0.5)
        raise AssertionError("the schedule asked for no approval")

    def question(self, run):
        return self.airflow._ask("GET", f"{_run(run)}/taskInstances/{REVIEW}/0/hitlDetails")

    def answers(self, run, option, comment):
        body = {"chosen_options": [option], "params_input": {"comment": comment}}
        path = f"{_run(run)}/taskInstances/{REVIEW}/0/hitlDetails"
        return self.airflow._ask("PATCH", path, body)

    def marks_as_success(self, run):
        path = f"{_run(run)}/taskInstances/{REVIEW}/0"
        return self.airflow._ask("PATCH", path, {"new_state": "success"})


def _run(run):
    return f"/api/v2/dags/{DAG}/dagRuns/{quote(run, safe='')}"
