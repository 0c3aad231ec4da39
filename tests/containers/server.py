"""A server as docs/runbook.md makes it, in containers: fed, asked, stopped and brought back.

Its shell is the runbook's own. It takes an engine many minutes, so it is run by hand before a
release:

    python -m pytest tests/containers/server.py
"""

import io
import json
import os
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import httpx
import pytest

from scorecard.orchestration.local.processes import free_port

REPOSITORY = Path(__file__).resolve().parents[2]
RUNBOOK = (REPOSITORY / "docs/runbook.md").read_text()
Q, API = "2023-24-Q1", "/api/v2"
REVIEW = "sign_off.review"
SOURCES = ("budget", "printing", "remote_working", "tickets", "workforce")
PEOPLE = {"officer": "User", "approver": "User", "viewer": "Viewer"}
SOON = 900  # seconds: a machine may have much else to do
READS = 6  # seconds: see tests/scorecard/orchestration/approving.py


class Server:
    """One project of compose in a folder of its own."""

    def __init__(self, folder, more):
        self.folder = folder
        self.given = {**os.environ, **more}
        self.words = {name: f"{name}'s word" for name in PEOPLE}
        self.programs = {}
        self.port = free_port()
        self.site = f"http://127.0.0.1:{self.port}"

    def shell(self, script, **more):
        done = subprocess.run(
            ["sh", "-eu", "-c", script],
            cwd=self.folder, env=self.given, capture_output=True, check=False, **more,
        )  # fmt: skip
        assert done.returncode == 0, f"{script}\n{done.stderr.decode()[-3000:]}"
        return done.stdout.decode()

    def compose(self, command):
        return self.shell(f"docker compose {command}")

    def inside(self, command, service="scheduler"):
        return self.compose(f"exec -T {service} {command}")

    def services(self):
        """State, health and exit code of each service."""
        lines = self.compose("ps --all --format json").splitlines()
        return {
            told["Service"]: (told["State"], told["Health"], told["ExitCode"])
            for told in map(json.loads, lines)
        }

    def is_well(self):
        """Wait until each service says so of itself, and init has ended."""
        until = time.monotonic() + SOON
        while any(
            told != ("exited", "", 0) if name == "init" else told[1] != "healthy"
            for name, told in self.services().items()
        ):
            assert time.monotonic() < until, self.services()
            time.sleep(5)
        return set(self.services())

    def program(self, who):
        """What asks the server as a user, signed in once."""
        if who not in self.programs:
            made = self.programs[who] = httpx.Client(timeout=120, trust_env=False)
            told = {"username": who, "password": self.words[who]}
            token = made.post(f"{self.site}/auth/token", json=told).raise_for_status().json()
            made.headers["Authorization"] = f"Bearer {token['access_token']}"
        return self.programs[who]

    def ask(self, who, method, path, body=None):
        answer = self.program(who).request(method, f"{self.site}{path}", json=body)
        assert answer.is_success, (method, path, answer.status_code, answer.text)
        return answer

    def run(self, dag, key, conf=None):
        """Start a run as the officer does; its address."""
        body = {"logical_date": None, "partition_key": key, "conf": conf or {}}
        made = self.ask("officer", "POST", f"{API}/dags/{dag}/dagRuns", body).json()
        return f"{API}/dags/{dag}/dagRuns/{made['dag_run_id']}"

    def waits_for(self, run, wanted, task=""):
        """Wait until a run, or a task of it, is in a state, and no failure is."""
        until = time.monotonic() + SOON
        while wanted not in (states := self._states(run, task)):
            assert not states & {"failed", "upstream_failed"}, (run, states)
            assert time.monotonic() < until, (run, states)
            time.sleep(3)

    def _states(self, run, task):
        if not task:
            return {self.ask("officer", "GET", run).json()["state"]}
        found = self.ask("officer", "GET", f"{run}/taskInstances?task_id={task}").json()
        return {each["state"] for each in found["task_instances"]}

    def pack(self):
        """The public pack as a reader fetches it."""
        return self.ask("viewer", "GET", f"/performance/packs/{Q}/public/r1/pack.zip").content


def blocks(heading):
    """The shell that the runbook gives after some words, block by block."""
    part = RUNBOOK.partition(heading)[2].partition("\n## ")[0]
    return re.findall(r"```sh\n(.*?)```", part, re.S)


@pytest.fixture(scope="module", params=["LocalExecutor", "CeleryExecutor"])
def server(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    tracked = "git archive HEAD | tar -x -C "
    subprocess.run(["sh", "-c", f"{tracked} {folder}"], cwd=REPOSITORY, check=True)
    made = Server(folder, {"COMPOSE_PROJECT_NAME": "scorecard-before-a-release"})
    settings = (folder / ".env.example").read_text() + f"AIRFLOW_PORT={made.port}\n"
    if request.param == "CeleryExecutor":
        settings += "COMPOSE_PROFILES=celery\nAIRFLOW_EXECUTOR=CeleryExecutor\n"
    (folder / ".env").write_text(settings)
    made.shell(blocks("## A server")[0])
    made.words["admin"] = (folder / "secrets/airflow_admin_password").read_text().strip()
    try:
        made.compose("up --build --detach")
        yield made
    finally:
        made.compose("logs --no-color > log.txt; docker compose down --volumes")


def test_every_service_is_well_and_init_has_ended(server):
    always = {"postgres", "init", "api-server", "scheduler", "dag-processor", "triggerer"}

    assert server.is_well() - {"redis", "worker"} == always


def test_every_service_is_an_ordinary_user_without_rights_on_a_root_it_cannot_write(server):
    held = "grep -E '^(Uid|CapEff|CapBnd|NoNewPrivs):' /proc/self/status; touch /x 2>&1 || true"
    for name in set(server.services()) - {"init"}:
        told = server.inside(f'sh -c "{held}"', name)

        assert re.search(r"Uid:\s(50000|999)\s", told), (name, told)
        assert re.findall(r"Cap\w+:\s(\w+)", told) == ["0" * 16] * 2, (name, told)
        assert re.search(r"NoNewPrivs:\s1", told), (name, told)
        assert "Read-only file system" in told, (name, told)


def test_no_secret_stands_in_what_the_engine_prints_of_a_container(server):
    secrets = {path.read_text().strip() for path in (server.folder / "secrets").iterdir()}
    told = server.shell("docker inspect $(docker compose ps --all --quiet); docker compose config")

    assert [secret for secret in secrets if secret in told] == []


def test_extracts_become_a_pack_that_an_approver_signs_off_and_a_reader_verifies(server, tmp_path):
    for name, role in PEOPLE.items():
        about = f"--firstname {name} --lastname Exampleshire --email {name}@example.gov.uk"
        word = f'--username {name} --role {role} --password "{server.words[name]}"'
        server.inside(f"./with-secrets airflow users create {about} {word}", "api-server")
    sample = [sys.executable, "-m", "scorecard.cli", "sample", "--out", str(tmp_path / "sample")]
    subprocess.run([*sample, "--months", "3", "--staff", "100"], check=True)
    into_inbox = re.search(r"`(tar -C FOLDER .*?)`", RUNBOOK)[1].replace(r"\|", "|")
    server.shell(into_inbox.replace("FOLDER", str(tmp_path / "sample")))
    server.ask("admin", "PATCH", f"{API}/dags?dag_id_pattern=~", {"is_paused": False})
    server.ask("admin", "PATCH", f"{API}/dags/retention", {"is_paused": True})

    for run in [server.run(f"ingest_{source}", "2023-06") for source in SOURCES]:
        server.waits_for(run, "success")
    server.waits_for(server.run("quarterly_pack", Q), "success")
    asked = server.run("publish_pack", None, {"period": Q})
    server.waits_for(asked, "awaiting_input", REVIEW)
    time.sleep(READS)
    answer = {"chosen_options": ["Approve"], "params_input": {"comment": "Read the summary."}}
    server.ask("approver", "PATCH", f"{asked}/taskInstances/{REVIEW}/0/hitlDetails", answer)
    server.waits_for(asked, "success")

    zipfile.ZipFile(io.BytesIO(server.pack())).extractall(tmp_path / "pack")
    (tmp_path / "key.pem").write_text(server.inside("sh -c 'cat data/packs/keys/*.pem'"))
    verify = [sys.executable, "-m", "scorecard.cli", "verify", "--key", str(tmp_path / "key.pem")]
    assert subprocess.run([*verify, str(tmp_path / "pack")], check=False).returncode == 0
    server.inside(f"./with-secrets python -m scorecard.cli verify data/packs/{Q}/public/r1")


def test_after_a_stop_each_ended_by_itself_and_a_start_brings_everything_back(server):
    before = server.pack()
    server.compose("stop")

    ended = {name: code for name, (_, _, code) in server.services().items()}
    assert {name for name, code in ended.items() if code == 137} == set()  # killed
    server.compose("start")
    server.is_well()
    assert server.pack() == before


def test_a_lost_server_comes_back_from_its_backup_with_its_users_and_packs(server):
    backup, restore = blocks("**On a server**")
    before = server.pack()
    server.shell(backup)
    server.compose("down --volumes")
    server.shell(restore)
    server.is_well()

    assert server.pack() == before
    server.inside(f"./with-secrets python -m scorecard.cli verify data/packs/{Q}/public/r1")
