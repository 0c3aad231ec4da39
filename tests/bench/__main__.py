"""`make bench`: Scorecard beside the physical limit and beside a plain script, on the same files.

All three are run in the same minutes on this machine; what counts are the ratios. Two ingest
processes work side by side, as two DAGs of Airflow's do; imports and Airflow are not counted.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from scorecard import sample
from scorecard.orchestration import postgres
from scorecard.settings import REPOSITORY

FOLDER = REPOSITORY / "build" / "bench"
QUARTER = "2025-26-Q1"
# The two processes that take sources in: their work is about even.
HANDS = (("printing", "tickets", "workforce", "budget"), ("remote_working",))
# More memory than this, and the plain script is stopped: the machine has others to serve.
PLAIN_LIMIT_MB = 20_000
PULL_MB = 500  # of memory, however many rows are pulled
CARBON_SECONDS = 2  # of a quarter of twelve directorates, with intervals
console = Console(highlight=False)


def main() -> None:
    """Run the benchmark at the scales asked for and print its tables."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--scales", type=int, nargs="+", default=[1, 10])
    parser.add_argument("--without-plain", action="store_true", help="Leave the plain script out.")
    parser.add_argument("--backfill", type=int, default=20, help="Quarters; 0 leaves it out.")
    parser.add_argument("--staff", type=int, default=300, help="The size of what is backfilled.")
    parser.add_argument("--pull", type=int, default=10_000_000, help="Print jobs to be pulled.")
    chosen = parser.parse_args()
    if chosen.backfill:
        _backfill(chosen.backfill, chosen.staff)
    _carbon()
    _ledger()
    _pull(chosen.pull)
    _sign_ins()
    found = {}
    for scale in chosen.scales:
        inbox = _extracts(scale)
        console.print(f"Scale {scale}: bare DuckDB …")
        limit = _alone("tests.bench.duckdb_limit", [str(inbox)])
        console.print(f"Scale {scale}: Scorecard …")
        ours = _scorecard(inbox, FOLDER / f"home-{scale}")
        plain = None
        if not chosen.without_plain:
            console.print(f"Scale {scale}: the plain script …")
            workbook = str(FOLDER / f"plain-{scale}.xlsx")
            plain = _alone("tests.bench.plain_script", [str(inbox), workbook], PLAIN_LIMIT_MB)
        found[scale] = ours
        _print(scale, limit, ours, plain)
    if len(found) > 1:
        first, last = min(found), max(found)
        growth = found[last]["figures"] / found[first]["figures"]
        console.print(f"Scale {last} took {growth:.1f} times the time of scale {first}.")


def _carbon() -> None:
    """The carbon of twelve directorates with every interval, and whether its limit is held."""
    console.print("Carbon of 12 directorates, every figure with its interval …")
    told = _alone("tests.bench.carbon", [])
    assert told
    _say(told, "a quarter", CARBON_SECONDS)


def _backfill(quarters: int, staff: int) -> None:
    """Past quarters through a real Airflow: none fails, and each costs no more than one alone."""
    console.print(f"A backfill of {quarters} quarters through Airflow …")
    words = [str(quarters), str(staff)]
    process = _start("tests.bench.backfill", words, {})
    assert process.stdout
    last = ""
    for line in process.stdout:
        last = line
        if not line.startswith("{"):
            console.print(f"  {line.rstrip()}")
    if process.wait() != 0:
        console.print("  It failed. NO\n")
        return
    told = json.loads(last)
    every = told["quarters"] == told["asked"]
    held = "yes" if every and told["times"] <= told["quarters"] else "NO"
    console.print(
        f"  one quarter {told['one_work']:.0f} s of work in {told['one_wall']:.0f} s; "
        f"{told['quarters']} quarters {told['all_work']:.0f} s in {told['all_wall']:.0f} s"
    )
    console.print(
        f"  no failed task; {told['times']:.1f} times the work of one, "
        f"{told['quarters']} at most: {held}\n"
    )


def _ledger() -> None:
    """PK-81: a ledger of 200,000 rows is read in 10 seconds, as a workbook that somebody sent."""
    console.print("A ledger of 200,000 rows as a workbook …")
    told = _alone("tests.bench.ledger", [])
    assert told
    _say(told, "Scorecard", 10)


def _pull(rows: int) -> None:
    """Print jobs asked of a database: the memory does not grow with them."""
    console.print(f"{rows:,} print jobs of a month, asked of a database …")
    told = _alone("tests.bench.pull", [str(rows)])
    assert told
    bare, ours = told["parts"]["bare driver"], told["parts"]["Scorecard"]
    console.print(
        f"  bare driver {bare:.0f} s, {rows / bare:,.0f} rows/s; Scorecard {ours:.0f} s, "
        f"{rows / ours:,.0f} rows/s; read and checked in {told['parts']['read']:.0f} s"
    )
    _say_held(told["peaks"])


def _sign_ins() -> None:
    """A million sign-ins by web service, in memory that a small machine has."""
    console.print("A million sign-ins by web service, in pages of a thousand …")
    told, _ = _start("tests.bench.sign_ins", [], {"PYTHONPATH": "include:tests"}).communicate()
    found = json.loads(told.splitlines()[-1])
    shown = " · ".join(f"{part} {seconds:.0f} s" for part, seconds in found["parts"].items())
    console.print(f"  {shown}")
    _say_held(found["peaks"])


def _say_held(peaks: dict[str, float]) -> None:
    """What each part held of memory, and whether none held more than it may."""
    shown = " · ".join(f"{part} {peak:,.0f} MB" for part, peak in peaks.items())
    held = "yes" if max(peaks.values()) <= PULL_MB else "NO"
    console.print(f"  peaks: {shown}; to read, Python with its libraries holds 300 MB of them")
    console.print(f"  in {PULL_MB} MB at most: {held}\n")


def _pack(environment: dict[str, str]) -> dict[str, Any]:
    """PK-80: a pack in 5 seconds and 200 MB, and all formats of a variant in 3 seconds."""
    told, _ = _start("tests.bench.pack", [QUARTER], environment).communicate()
    return dict(json.loads(told.splitlines()[-1]))


def _say(told: dict[str, Any], name: str, most: float) -> None:
    """What each part took, and whether one of them took no longer than it may."""
    shown = " · ".join(f"{part} {seconds:.2f} s" for part, seconds in told["parts"].items())
    peak = f"; peak {told['peak_mb']:,.0f} MB" if "peak_mb" in told else ""
    console.print(f"  {shown}{peak}")
    held = "yes" if told["parts"][name] <= most else "NO"
    console.print(f"  {name} in {most:g} s at most: {held}\n")


def _say_memory(told: dict[str, float]) -> None:
    """What all formats take of memory in one process, its content among it, and in typst's."""
    console.print(
        f"  all formats: peak {told['written']:,.0f} MB, of them content "
        f"{told['content'] - told['python']:,.0f} MB; typst's own process {told['typst']:,.0f} MB\n"
    )


def _say_size(told: dict[str, float]) -> None:
    """PK-80: the workbook of a pack of 20 tables and 4,000 rows in 5 seconds and 200 MB."""
    held = "yes" if told["seconds"] <= 5 and told["written"] <= 200 else "NO"
    console.print(
        f"  A workbook of {told['tables']} tables and {told['rows']:,} rows, from its content, "
        f"alone in a process: {told['seconds']:.2f} s, peak {told['written']:,.0f} MB"
    )
    console.print(f"  in 5 s and 200 MB at most: {held}\n")


def _extracts(scale: int) -> Path:
    """Exampleshire at a scale, made once."""
    inbox = FOLDER / f"inbox-{scale}"
    if not inbox.exists():
        console.print(f"Scale {scale}: inventing Exampleshire …")
        started = time.perf_counter()
        making = FOLDER / f"making-{scale}"
        shutil.rmtree(making, ignore_errors=True)
        written = sample.write(making, scale=scale)
        making.rename(inbox)
        took = time.perf_counter() - started
        console.print(f"  {written.rows:,} rows in {took:.0f} s")
    return inbox


def _start(module: str, words: list[str], environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", module, *words],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        cwd=REPOSITORY, env={**os.environ, **environment}, text=True,
    )  # fmt: skip


def _alone(module: str, words: list[str], limit_mb: int | None = None) -> dict[str, Any] | None:
    """What a program says of itself; nothing if it ran out of memory."""
    environment = {"SCORECARD_BENCH_LIMIT_MB": str(limit_mb)} if limit_mb else {}
    told, _ = _start(module, words, environment).communicate()
    if not told.strip():
        return None
    found = json.loads(told.splitlines()[-1])
    return {**found, "wall": sum(found["parts"].values())}


def _scorecard(inbox: Path, home: Path) -> dict[str, Any]:
    """Two processes take the sources in; a third measures and drafts."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    (home / "inbox").symlink_to(inbox)
    server = home / "postgres"
    postgres.start(server)
    try:
        environment = {
            "SCORECARD_HOME": str(home),
            "SCORECARD_DATABASE_URL": postgres.address(server, "register"),
        }
        module = "tests.bench.scorecard_run"
        # The two share the cores; what measures has them to itself.
        shared = {**environment, "SCORECARD_THREADS": str(max(1, (os.cpu_count() or 2) // 2))}
        ingest = [_start(module, ["ingest", *sources], shared) for sources in HANDS]
        taken_in, ingested = _go(ingest)
        drafted_in, quarter = _go([_start(module, ["quarter", QUARTER], environment)])
        rendered = _pack(environment)
    finally:
        postgres.stop(server)
    parts = {**quarter[0]["parts"], "ingest": taken_in}
    return {
        "wall": taken_in + drafted_in,
        "figures": taken_in + parts["measure"] + parts["reconcile"],
        "cpu": sum(one["cpu"] for one in [*ingested, *quarter]),
        "peak_mb": max(one["peak_mb"] for one in [*ingested, *quarter]),
        "parts": parts,
        "pack": rendered,
        "within": _added([one["parts"] for one in ingested]),
    }


def _go(processes: list[subprocess.Popen[str]]) -> tuple[float, list[dict[str, Any]]]:
    """Start waiting processes at once; seconds until the last is done, and what each says."""
    for process in processes:
        assert process.stdout
        process.stdout.readline()
    started = time.perf_counter()
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate()[0] for process in processes]
    return time.perf_counter() - started, [json.loads(one.splitlines()[-1]) for one in told]


def _added(parts: list[dict[str, float]]) -> dict[str, float]:
    names = dict.fromkeys(name for one in parts for name in one)
    return {name: sum(one.get(name, 0.0) for one in parts) for name in names}


def _print(
    scale: int, limit: dict[str, Any] | None, ours: dict[str, Any], plain: dict[str, Any] | None
) -> None:
    assert limit
    table = Table(title=f"Scale {scale}: extract to figures", title_justify="left")
    for heading in ("", "wall s", "CPU s", "peak MB", "times the limit"):
        table.add_column(heading, justify="left" if not heading else "right")
    rows = [
        ("bare DuckDB, reading and grouping", limit["wall"], limit),
        ("Scorecard", ours["figures"], ours),
    ]
    if plain:
        rows.append(("plain pandas script", plain["wall"], plain))
    for name, wall, one in rows:
        cpu, peak = one.get("cpu", 0.0), one["peak_mb"]
        ratio = wall / limit["wall"]
        table.add_row(name, f"{wall:.1f}", f"{cpu:.1f}", f"{peak:,.0f}", f"{ratio:.1f}")
    console.print(table)
    if plain:
        faster, leaner = plain["wall"] / ours["figures"], plain["peak_mb"] / ours["peak_mb"]
        console.print(
            f"  {faster:.1f} times as fast as the plain script, {leaner:.1f} times as lean"
        )
    else:
        console.print(f"  the plain script was not run, or needed over {PLAIN_LIMIT_MB:,} MB")
    shown = " · ".join(f"{name} {seconds:.1f} s" for name, seconds in ours["parts"].items())
    within = " · ".join(f"{name} {seconds:.1f} s" for name, seconds in ours["within"].items())
    console.print(f"  Scorecard's parts, one after the other: {shown}")
    console.print(f"  within ingest, added over files that are worked on at once: {within}\n")
    pack = ours["pack"]
    console.print(f"  The pack of {pack['sheets']} tables and {pack['rows']:,} rows:")
    _say(pack, "all formats", 3)
    _say_memory(pack["memory"])
    _say_size(pack["size"])


if __name__ == "__main__":
    main()
