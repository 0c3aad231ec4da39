"""Writes docs/kpis.md, data_dictionary.md, feeds.md, checks.md, dags.md and assumptions.md.

`python -m scorecard.reference_docs` writes them; `--check` says which of them are stale.
"""

import argparse
import ast
import re
import sys
from pathlib import Path

from scorecard import assumptions, checks, council, kpis, mapping, retention
from scorecard.checks import Rule
from scorecard.council import Council
from scorecard.markdown import COMMAND, grid, joined, page, words
from scorecard.reference_assumptions import assumptions_page
from scorecard.reference_dictionary import dictionary_page
from scorecard.reference_feeds import feeds_page
from scorecard.reference_kpis import kpi_page
from scorecard.settings import INCLUDE, REPOSITORY
from scorecard.sources import SOURCES, TABLES

_ABOUT_CHECKS = (
    "A broken critical rule refuses the extract: what was accepted before stands. A row that "
    "breaks a warning rule is set aside, counted and listed. So is a row that cannot be read, a "
    "repeated row, and one that a newer row of the same extract replaces."
)


def pages() -> dict[str, str]:
    """Every generated page by its name in docs/."""
    decided = council.read(INCLUDE / "council")
    mappings = list(mapping.load_all(INCLUDE / "sources").values())
    return {
        "kpis.md": kpi_page(kpis.load(INCLUDE / "sql" / "kpi").values(), decided),
        "data_dictionary.md": dictionary_page(decided, mappings),
        "checks.md": checks_page(REPOSITORY / "expectations"),
        "feeds.md": feeds_page(
            decided,
            retention.read(INCLUDE / "council"),
            mappings,
            kpis.load(INCLUDE / "sql" / "kpi").values(),
            INCLUDE / "sql",
        ),
        "dags.md": dags_page(REPOSITORY / "dags", decided),
        "assumptions.md": assumptions_page(assumptions.read()),
    }


def stale(folder: Path) -> list[str]:
    """What is wrong with the pages of a folder: which file, and the command that mends it."""
    found = []
    for name, text in pages().items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            found.append(f"docs/{name}: is not what the definitions say. Run `{COMMAND}`.")
    return found


def write(folder: Path) -> None:
    """Write every page into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


def checks_page(folder: Path) -> str:
    """Each rule that rows must satisfy, printed from what is asked, and why."""
    lines: list[str] = []
    for name in TABLES:
        suite = checks.load(folder, name)
        rules = ((f"`{r.id}`", r.severity, r.dimension, _asked(r), r.why) for r in suite.rules)
        headings = ("Rule", "If broken", "Kind", "Asks", "Why")
        derived = [f"- `{column}` is `{sql}`" for column, sql in suite.derived.items()]
        lines += [
            "",
            f"## {name}",
            "",
            *grid(headings, rules),
            *([""] if derived else []),
            *derived,
        ]
    return page("Checks", _ABOUT_CHECKS, *lines)


def _asked(rule: Rule) -> str:
    kwargs = ", ".join(f"{key}: {value}" for key, value in rule.kwargs.items())
    return f"{words(rule.type)} ({kwargs})"


def dags_page(folder: Path, decided: Council) -> str:
    """Each DAG: when it runs, its tasks in order, and what its file says of it."""
    lines = [line for path in sorted(folder.glob("*.py")) for line in _dag(path, decided)]
    about = "Runs carry their period as a partition key. What to do when one fails: "
    return page("DAGs", about + "[runbook.md](runbook.md).", *lines)


def _dag(path: Path, decided: Council) -> list[str]:
    """One DAG file's part of the page, read without running it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    tasks = [f.name for f in functions if "task" in map(_decorator, f.decorator_list)]
    made, given = _made(functions)
    each = [f"{path.stem}_{source}" for source in SOURCES] if "dag_id" in given else [made]
    runs = _schedule(given.get("schedule", "None"), decided)
    told = (ast.get_docstring(tree) or "").strip()
    steps = f"Tasks: {joined(tasks, ', then ')}. Runs {runs}."
    return ["", f"## {', '.join(each)}", "", f"`dags/{path.name}`", "", told, "", steps]


def _made(functions: list[ast.FunctionDef]) -> tuple[str, dict[str | None, str]]:
    """The function that makes the DAG, and what its decorator is given."""
    for function in functions:
        for given in function.decorator_list:
            if isinstance(given, ast.Call) and _decorator(given) == "dag":
                return function.name, {k.arg: ast.unparse(k.value) for k in given.keywords}
    raise LookupError("no function is decorated with @dag(...). Decorate the one that makes it.")


def _schedule(written: str, decided: Council) -> str:
    """When a DAG runs, in words."""
    if "Timetable" not in written:
        return "by hand" if written == "None" else f"when {written} has changed"
    if found := re.fullmatch(r"MonthlyArrivalTimetable\((\d+)\)", written):
        return f"on working day {found[1]} after each month"
    if "arrival" in written:
        arrivals = (f"{name} {decided.feeds[name].arrival_working_day}" for name in SOURCES)
        return f"on the working day after each month by which it arrives: {', '.join(arrivals)}"
    return f"on working day {decided.settled.publication.drafted_working_day} after each quarter"


def _decorator(node: ast.expr) -> str:
    return ast.unparse(node.func if isinstance(node, ast.Call) else node)


def main(arguments: list[str] | None = None, folder: Path = REPOSITORY / "docs") -> None:
    """Write the pages, or with --check end with the names of those that are stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; name stale pages")
    if not parser.parse_args(arguments).check:
        write(folder)
    elif found := stale(folder):
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
