"""docker-compose.yaml, without an engine: its schema, its secrets, its images, its services."""

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


def test_there_are_exactly_these_services_and_celery_is_a_profile(compose):
    always = {name for name, service in compose["services"].items() if "profiles" not in service}

    assert always == {"postgres"} | AIRFLOW - {"worker"}
    assert set(compose["services"]) - always == {"redis", "worker"}


def test_every_service_that_stays_says_whether_it_is_well(compose):
    silent = {name for name, service in compose["services"].items() if "healthcheck" not in service}

    assert silent == {"init"}


def test_airflow_is_one_image_run_by_an_ordinary_user(compose):
    services = [compose["services"][name] for name in sorted(AIRFLOW)]

    assert {service["image"] for service in services} == {"scorecard:0.1.0"}
    assert {service["user"] for service in services} == {"50000:0"}
    assert {service["environment"]["PYTHONPATH"] for service in services} == {
        "/opt/airflow/include"
    }


def test_every_image_is_pinned_to_a_version(compose):
    base = re.search(r"^FROM (\S+)", (REPOSITORY / "Dockerfile").read_text(), re.M)
    images = {service["image"] for service in compose["services"].values()} | {base[1]}

    assert [image for image in images if not re.search(r":\d+\.\d+", image)] == []


def test_no_password_has_a_default_and_each_is_explained():
    secret = r"\$\{([A-Z_]*(?:PASSWORD|KEY|SECRET))([^}]*)\}"
    found = re.findall(secret, FILE.read_text())
    explained = (REPOSITORY / ".env.example").read_text()

    assert {how for _, how in found} == {":?see .env.example"}
    assert [name for name, _ in found if f"\n{name}=\n" not in explained] == []
