"""The page and the review on a server: Airflow with Flask-AppBuilder's users, as compose has it.

One Airflow for the file: API server, scheduler and PostgreSQL. Its users are made by Airflow's own
command, and sign in as people and programs do.
"""

import importlib.util
import json
import re
import shutil
import subprocess
import sys

import httpx
import pytest
import yaml
from approving import PUBLISH, REVIEW, User
from council_packs import BOARD, FIRST, OFFICER, PAGE, PANEL, PUBLIC, USERS
from record import Q

from scorecard import settings
from scorecard.orchestration.local import processes, runs
from scorecard.orchestration.local.api import Refused
from scorecard.orchestration.local.home import Home, environment
from scorecard.packs import verification

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("airflow.providers.fab") is None,
    reason="Nothing was tried with Flask-AppBuilder: it is missing. `make .venv/dev` installs it.",
)

COMPOSE = yaml.safe_load((settings.REPOSITORY / "docker-compose.yaml").read_text())
MANAGER = COMPOSE["x-airflow"]["environment"]["AIRFLOW__CORE__AUTH_MANAGER"]
# What each user gets. Restricted packs, rows and the audit go by roles.yaml alone: whatever Airflow
# lets an Admin do, it is none of its roles.
TABLE = f"""
    route                    nobody  viewer  member  officer  steward  approver  admin
    /packs                      401     200     200      200      200       200    200
    /packs/{PUBLIC}             401     200     200      200      200       200    200
    /packs/{PUBLIC}/pack.xlsx   401     200     200      200      200       200    200
    /packs/{OFFICER}            401     404     200      200      200       200    200
    /packs/{FIRST}/report.html  401     404     200      200      200       200    200
    /packs/{BOARD}              401     404     404      200      200       200    200
    /read/{BOARD}               401     404     404      200      200       200    200
    /packs/{PANEL}              401     404     200      404      404       200    404
    /packs/{PANEL}/pack.xlsx    401     404     200      404      404       200    404
    /rows/{OFFICER}/1           401     404     404      404      200       404    404
    /commentary/{Q}             401     403     403      200      200       200    200
    /audit.csv                  401     403     403      403      200       200    403
    /health                     401     403     403      200      200       200    200
    /health.json                401     403     403      200      200       200    200
    /feed.atom                  401     200     200      200      200       200    200
    /api/packs                  401     200     200      200      200       200    200
    /api/figures                401     200     200      200      200       200    200
    /api/openapi.json           401     200     200      200      200       200    200
    /docs                       401     404     404      404      404       404    404
"""
# Airflow's own command, once for each user, in one process: its start takes longer than its work.
MAKE_USERS = """
import json, sys
from airflow.cli.cli_parser import get_parser
for name, (role, word) in json.load(sys.stdin).items():
    told = ["--username", name, "--role", role, "--password", word, "--firstname", name,
            "--lastname", "of Exampleshire", "--email", f"{name}@example.gov.uk"]
    chosen = get_parser().parse_args(["users", "create", *told])
    chosen.func(chosen)
"""


@pytest.fixture(scope="module")
def home(stores, packs, untouched, databases, tmp_path_factory):
    """A home with a copy of the page's packs and their register: what is published here is ours."""
    made = tmp_path_factory.mktemp("fab")
    shutil.copytree(packs, made / "packs")
    shutil.copytree(stores.settings.home / "store", made / "store")
    (made / "airflow" / "logs").mkdir(parents=True)
    words = {name: f"{name}'s word" for name in USERS}
    (made / "airflow" / "passwords.json").write_text(json.dumps(words))
    register = databases.make(like=untouched)
    databases.make(name="airflow")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCORECARD_HOME", str(made))
        patch.setenv("SCORECARD_DATABASE_URL", databases.url(register))
        patch.setenv("SCORECARD_COUNCIL", str(stores.settings.council))
        patch.setenv("AIRFLOW__CORE__AUTH_MANAGER", MANAGER)
        yield Home(settings.read())
    for name in (register, "airflow"):
        databases.drop(name)


@pytest.fixture(scope="module")
def site(home):
    """The address of a running Airflow with Flask-AppBuilder's users."""
    port = processes.free_port()
    _make_users(home, environment(home, port))
    running = processes.start(home, port)
    try:
        runs.signed_in(home, running)
        yield f"http://127.0.0.1:{port}"
    finally:
        processes.stop(home)


def _make_users(home, given):
    processes._migrate(home, given)
    words = json.loads(home.passwords.read_text())
    # The simple manager's roles have the same names here, written with a capital.
    told = {name: (role.capitalize(), words[name]) for name, role in USERS.items()}
    subprocess.run(
        [sys.executable, "-c", MAKE_USERS],
        input=json.dumps(told), env=given, text=True, check=True, capture_output=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def as_user(site, home):
    """A program that is signed in as a user; as nobody without a name."""
    words, made = json.loads(home.passwords.read_text()), {}

    def make(name):
        if name not in made:
            made[name] = httpx.Client(base_url=site, trust_env=False)
            if name in words:
                told = {"username": name, "password": words[name]}
                answer = made[name].post("/auth/token", json=told)
                made[name].headers["authorization"] = f"Bearer {answer.json()['access_token']}"
        return made[name]

    yield make
    for each in made.values():
        each.close()


def test_each_of_the_users_of_flask_appbuilder_gets_what_is_theirs(as_user):
    head, *lines = (line.split() for line in TABLE.strip().splitlines())
    told = [
        [route, *(str(as_user(who).get(f"{PAGE}{route}").status_code) for who in head[1:])]
        for route, *_ in lines
    ]

    assert told == lines


def test_a_stranger_gets_401_for_whatever_is_asked(as_user):
    stranger = as_user("nobody")
    for route in ("/packs", f"/packs/{PANEL}/pack.xlsx", "/audit.csv", "/nothing"):
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
            assert stranger.request(method, f"{PAGE}{route}").status_code == 401


def test_the_session_of_who_signed_in_by_the_form_opens_the_page(site, home):
    word = json.loads(home.passwords.read_text())["viewer"]
    with httpx.Client(base_url=site, trust_env=False, follow_redirects=True) as browser:
        form = browser.get("/auth/login/").text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)[1]
        told = {"username": "viewer", "password": word, "csrf_token": token}
        browser.post("/auth/login/", data=told)

        assert browser.get(f"{PAGE}/packs").status_code == 200
        assert browser.get(f"{PAGE}/packs/{BOARD}").status_code == 404


def test_only_an_approver_of_roles_yaml_can_answer_and_the_pack_is_published(site, home):
    folder = home.settings.packs / BOARD
    people = {name: User(home.settings.home, name) for name in USERS}
    run = people["officer"].start(Q)
    people["officer"].waits_for(run, REVIEW, "awaiting_input")

    for name in USERS.keys() - {"approver"}:
        with pytest.raises(Refused, match="403"):
            people[name].answers(run, "Approve", "Looks good.")
    people["approver"].answers(run, "Approve", "Read the summary and the exceptions.")
    assert people["officer"].waits_for(run, PUBLISH, "success", "failed") == {"success"}

    told = json.loads((folder / "manifest.json").read_text())
    assert (told["state"], told["approval"]["role"]) == ("published", "approver")
    assert verification.problems(folder) == []
