"""docker-compose.yaml, without an engine: its schema, its secrets, its images, its services."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parent.parent
FILE = REPOSITORY / "docker-compose.yaml"
AIRFLOW = {"init", "api-server", "scheduler", "dag-processor", "triggerer", "worker"}


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(FILE.read_text())


def test_the_file_keeps_to_the_compose_specification():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    checked = subprocess.run([*command, str(FILE)], capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stdout


def test_there_are_exactly_these_services_and_celery_and_s3_are_profiles(compose):
    always = {name for name, service in compose["services"].items() if "profiles" not in service}

    assert always == {"postgres"} | AIRFLOW - {"worker"}
    assert set(compose["services"]) - always == {"redis", "worker", "storage"}


def test_every_service_that_stays_says_whether_it_is_well(compose):
    silent = {name for name, service in compose["services"].items() if "healthcheck" not in service}

    assert silent == {"init"}


def test_what_keeps_a_record_has_minutes_to_stop_and_what_runs_a_step_has_five(compose):
    given = {
        name: service.get("stop_grace_period") for name, service in compose["services"].items()
    }

    assert {name for name, told in given.items() if told == "5m"} == {"scheduler", "worker"}
    assert {given[name] for name in {"postgres"} | AIRFLOW - {"scheduler", "worker"}} == {"2m"}


def test_what_runs_a_step_stops_before_the_server_that_is_told_of_it(compose):
    for name in ("scheduler", "worker"):
        assert {"postgres", "init", "api-server"} <= set(compose["services"][name]["depends_on"])


def test_a_shell_that_starts_a_server_becomes_it_so_that_the_server_hears_when_to_stop(compose):
    for name in ("redis", "storage"):
        last = compose["services"][name]["command"][-1].rpartition("&& ")[2]

        assert last.startswith("exec "), name
        assert "|" not in compose["services"][name]["command"][-1], name


def test_airflow_is_one_image_run_by_an_ordinary_user(compose):
    services = [compose["services"][name] for name in sorted(AIRFLOW)]

    assert {service["image"] for service in services} == {"scorecard:0.1.0"}
    assert [n for n, s in compose["services"].items() if "build" in s] == ["init"]
    assert {service["user"] for service in services} == {"50000:0"}
    assert {service["environment"]["PYTHONPATH"] for service in services} == {
        "/opt/airflow/include"
    }


def test_every_image_is_pinned_to_a_version(compose):
    base = re.search(r"^FROM (\S+)", (REPOSITORY / "Dockerfile").read_text(), re.M)
    images = {service["image"] for service in compose["services"].values()} | {base[1]}
    pinned = re.compile(r":(\d+\.\d+|RELEASE\.\d{4}-\d{2}-\d{2}T)")

    assert [image for image in images if not pinned.search(image)] == []


def test_every_service_is_an_ordinary_user_and_writes_only_where_it_has_to(compose):
    services = compose["services"]

    assert {
        n for n, s in services.items() if s.get("user", "root") in ("root", "0", "0:0")
    } == set()
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert any(each.startswith("/tmp") for each in service["tmpfs"]), name


def test_what_a_read_only_container_is_given_is_a_file_as_words_cannot_be_copied_in(compose):
    given = {each["source"] for s in compose["services"].values() for each in s.get("configs", ())}

    assert given == set(compose["configs"])
    assert [name for name, told in compose["configs"].items() if list(told) != ["file"]] == []
    assert [t for t in compose["configs"].values() if not (REPOSITORY / t["file"]).is_file()] == []


def test_postgresql_is_well_when_it_answers_by_address_and_has_the_register(compose):
    _, asked = compose["services"]["postgres"]["healthcheck"]["test"]

    assert "pg_isready --host 127.0.0.1" in asked  # the server of the first start has none
    assert "psql --username scorecard --dbname register" in asked  # pg_isready asks for no database


def test_what_does_not_fit_into_memory_goes_to_a_volume_that_the_ordinary_user_owns(compose):
    made = re.search(r"chown airflow:0 \. (.+) \\", (REPOSITORY / "Dockerfile").read_text())[1]
    for name in sorted(AIRFLOW):
        service = compose["services"][name]
        mounted = [each.split(":/opt/airflow/") for each in service["volumes"]]

        assert ["work", service["environment"]["TMPDIR"].removeprefix("/opt/airflow/")] in mounted
        assert {folder for _, folder in mounted} <= set(made.split()), name


def test_the_storage_gets_its_volume_from_the_image_that_gives_it_its_owner(compose):
    services = compose["services"]

    assert "storage:/opt/airflow/storage" in services["init"]["volumes"]
    assert (
        services["storage"]["depends_on"]["init"]["condition"] == "service_completed_successfully"
    )


def test_no_secret_stands_in_an_environment_or_has_a_default(compose):
    secret = re.compile(
        r"(PASSWORD|SECRET|_KEY|SQL_ALCHEMY_CONN|BROKER_URL|RESULT_BACKEND|AIRFLOW_CONN)"
    )
    names = {n for s in compose["services"].values() for n in s.get("environment", {})}

    assert [n for n in names if secret.search(n) and not n.endswith("_FILE")] == []
    assert not secret.search(" ".join(re.findall(r"\$\{([A-Z_]+)", FILE.read_text())))
    assert not secret.search((REPOSITORY / ".env.example").read_text())


def test_every_secret_is_a_file_that_git_and_the_image_never_see(compose):
    used = {n for s in compose["services"].values() for n in s.get("secrets", ())}

    assert used == set(compose["secrets"])
    assert {name: told["file"] for name, told in compose["secrets"].items()} == {
        name: f"secrets/{name}" for name in used
    }
    assert "secrets/" in (REPOSITORY / ".gitignore").read_text().splitlines()
    assert "!secrets" not in (REPOSITORY / ".dockerignore").read_text()
    runbook = (REPOSITORY / "docs/runbook.md").read_text()
    assert [name for name in used if name not in runbook] == []


def test_every_setting_of_scorecard_exists(compose):
    names = {n for s in compose["services"].values() for n in s.get("environment", {})}
    ours = {name for name in names if name.startswith("SCORECARD_")}
    read = (REPOSITORY / "include/scorecard/settings.py").read_text()

    assert [name for name in ours if f'"{name}"' not in read] == []


def with_secrets(folder, command):
    """What a container's command finds, from a folder of secrets."""
    given = {"PATH": os.environ["PATH"], "SECRETS_FOLDER": str(folder)}
    script = str(REPOSITORY / "docker" / "with-secrets")
    done = subprocess.run(
        ["sh", script, *command], env=given, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def secrets(compose, tmp_path):
    for name in compose["secrets"]:
        (tmp_path / name).write_text(f"{name}-0a1b\n")
    return tmp_path


def test_what_a_command_needs_is_made_of_the_files_of_its_secrets(secrets):
    code, said, _ = with_secrets(secrets, ["env"])
    told = dict(line.split("=", 1) for line in said.splitlines())

    database = "postgresql+psycopg2://scorecard:postgres_password-0a1b@postgres"
    assert code == 0
    assert told["SCORECARD_DATABASE_URL"] == f"{database}/register"
    assert told["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] == f"{database}/airflow"
    assert told["AIRFLOW_CONN_SCORECARD_HASH_KEY"] == "generic://:person_hash_key-0a1b@"
    assert told["AIRFLOW_CONN_SCORECARD_SIGNING_KEY"] == "generic://:pack_signing_key-0a1b@"
    assert told["AIRFLOW__CELERY__BROKER_URL"] == "redis://:redis_password-0a1b@redis:6379/0"
    assert told["FSSPEC_S3_SECRET"] == "storage_password-0a1b"


def test_a_command_does_not_start_without_a_secret_that_it_needs(secrets):
    (secrets / "person_hash_key").write_text("")
    code, said, complaint = with_secrets(secrets, ["echo", "started"])

    assert (code, said) == (78, "")
    assert complaint.startswith("secrets/person_hash_key: is missing or empty. ")


def test_without_the_queue_and_the_storage_nothing_is_said_of_them(secrets):
    for name in ("redis_password", "storage_password"):
        (secrets / name).unlink()
    code, said, _ = with_secrets(secrets, ["env"])

    assert code == 0
    assert "redis" not in said
    assert "S3" not in said
