"""The `scorecard` command: look at extracts, packs and definitions without running anything."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from scorecard import pack_commands, saying
from scorecard.period import LONDON
from scorecard.saying import AsJson, harmless, show

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Quarterly council performance packs: look at extracts, packs and definitions.",
)

app.command()(pack_commands.verify)
app.command()(pack_commands.rebuild)
app.command()(pack_commands.restore)
app.command(name="signing-key")(pack_commands.signing_key)

AsAt = Annotated[
    datetime | None, typer.Option(help="From what was accepted by this moment, by London's clock.")
]


@app.command()
def sample(
    out: Annotated[Path, typer.Option(help="The folder to write to.")],
    months: Annotated[int, typer.Option(min=1, help="How many months.")] = 27,
    first: Annotated[str, typer.Option(help="The first month.")] = "2023-04",
    staff: Annotated[int, typer.Option(min=10, help="How many people the council has.")] = 3000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 1,
    scale: Annotated[int, typer.Option(min=1, help="How many times as many rows.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Write the extracts of Exampleshire, an invented council, in the formats of real systems."""
    from scorecard import sample as exampleshire

    files = exampleshire.write(out, months, staff, seed, scale, first).files
    rows = sum(file.rows for file in files)
    written = {"folder": str(out), "rows": rows, "files": [vars(file) for file in files]}
    show(written, as_json, f"{len(files)} files with {rows:,} rows in {out}")


@app.command(name="try")
def try_(
    file: Annotated[Path, typer.Argument(help="The extract.")],
    mapping: Annotated[str | None, typer.Option(help="Read it with this mapping only.")] = None,
    using: Annotated[Path | None, typer.Option(help="Read it with the mapping in a file.")] = None,
    beside: Annotated[Path | None, typer.Option(help="Its companion, which states totals.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what would be accepted, set aside or refused of an extract, and why; store nothing.

    Ends with code 0 if the extract would be accepted, 1 if it would be refused.
    """
    from scorecard import settings, trial

    found = trial.try_file(file, settings.read(), datetime.now(UTC), mapping, using, beside)
    show(found, as_json, saying.tried(file.name, found))
    raise typer.Exit(1 if found["refusals"] else 0)


@app.command(name="map")
def map_(
    file: Annotated[Path, typer.Argument(help="An export that no mapping reads yet.")],
    table: Annotated[str | None, typer.Option(help="The table that it is of.")] = None,
    system: Annotated[str | None, typer.Option(help="A name for the system.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write it to this new file.")] = None,
) -> None:
    """Propose a mapping for an export: a person completes it, and tries it with `try --using`.

    It is made of headings, counts and kinds. No cell of the export is repeated.
    """
    from scorecard import settings
    from scorecard.propose import propose

    text = propose(file, settings.read(), table, out.stem if out and not system else system)
    if out is None:
        typer.echo(text, nl=False)
        return
    with out.open("x", encoding="utf-8") as written:
        written.write(text)
    typer.echo(f"{out}: complete it, then `scorecard try {file} --using {out}`.")


@app.command()
def sources(as_json: AsJson = False) -> None:
    """List the sources, their tables, and the columns that a system's export is turned into."""
    from scorecard.sources import SOURCES, tables_of

    found = [
        {
            "source": source,
            "tables": [
                {
                    "table": table.name,
                    "grain": table.grain,
                    "columns": [vars(column) for column in table.columns],
                }
                for table in tables_of(source)
            ],
        }
        for source in SOURCES
    ]
    lines = [
        f"{source:<16}{table.name:<18}{len(table.columns):>3} columns, {table.grain}"
        for source in SOURCES
        for table in tables_of(source)
    ]
    show(found, as_json, "\n".join(lines))


@app.command()
def kpis(as_json: AsJson = False) -> None:
    """List the KPIs: code, id, name, unit, and which way is better."""
    from scorecard import kpis as definitions
    from scorecard.settings import INCLUDE

    found = definitions.load(INCLUDE / "sql" / "kpi")
    rows = [
        {name: getattr(kpi, name) for name in ("code", "id", "title", "theme", "unit", "better")}
        for kpi in sorted(found.values(), key=lambda kpi: (kpi.theme, kpi.code))
    ]
    show(rows, as_json, "\n".join(saying.kpis(rows)))


def _moment(as_at: datetime | None, now: datetime) -> datetime:
    """The moment that was asked for, on London's clock if it names no other; else now."""
    return as_at.replace(tzinfo=as_at.tzinfo or LONDON) if as_at else now


@app.command()
def figure(
    kpi: Annotated[str, typer.Argument(help="The KPI's id or code: open_tickets, TKT-08.")],
    period: Annotated[str, typer.Argument(help="2025-04, 2025-26-Q1, or with -YTD or -R12.")],
    directorate: Annotated[str, typer.Option(help="Its code.")] = "COUNCIL",
    as_at: AsAt = None,
    as_json: AsJson = False,
) -> None:
    """Explain a figure: its state, definition, target, extracts, and what was published of it."""
    from scorecard import explain, terminal

    now = datetime.now(UTC)
    moment = _moment(as_at, now)
    with terminal.stores() as stores:
        told = explain.figure(stores, kpi, period, directorate, moment, now)
    show(told, as_json, explain.in_words(told))


@app.command()
def carbon(
    quarter: Annotated[str, typer.Option(help="The quarter, such as 2025-26-Q1.")],
    directorate: Annotated[str, typer.Option(help="Its code.")] = "COUNCIL",
    explain: Annotated[
        bool, typer.Option("--explain", help="Every quantity, factor, unit, year and source.")
    ] = False,
    as_at: AsAt = None,
    as_json: AsJson = False,
) -> None:
    """Show a quarter's carbon: each line and the net, with interval, activity and factor effect."""
    from scorecard import carbon_words, explain_carbon, terminal

    now = datetime.now(UTC)
    moment = _moment(as_at, now)
    with terminal.stores() as stores:
        told = explain_carbon.carbon(stores, quarter, directorate, moment, now)
    show(told, as_json, carbon_words.in_words(told, explain))


@app.command()
def commentary(
    quarter: Annotated[str, typer.Argument(help="The quarter, such as 2025-26-Q1.")],
    write: Annotated[
        Path | None, typer.Option(help="Write a file to fill in, a row for each slot.")
    ] = None,
    read: Annotated[Path | None, typer.Option(help="Take a filled-in file in.")] = None,
    by: Annotated[str, typer.Option(help="The role that wrote it, with --read.")] = "",
    as_json: AsJson = False,
) -> None:
    """List the figures that ask for commentary, and who owes it; write or read a file of it.

    Ends with code 1 if a row of the file was refused; the others are taken in.
    """
    from scorecard import comment, terminal
    from scorecard.packs.commentary_words import chased

    if write and read:
        raise typer.BadParameter("Use --write or --read, one at a time.")
    with terminal.stores() as stores:
        taken = comment.run(stores, read, quarter, by, datetime.now(UTC)) if read else None
        records = comment.asked_for(stores, quarter)
        told_of = chased(records, (slot for slot, _ in comment.slots(records).values()))
    if write:
        write.write_bytes(comment.to_fill_in(records))
    rows = comment.rows(records)
    told = {"quarter": quarter, "slots": rows, "taken_in": vars(taken) if taken else None}
    show(told, as_json, "\n".join(comment.in_words(taken, rows, told_of, write)))
    raise typer.Exit(1 if taken and taken.refused else 0)


def main() -> None:
    """Run a command; what is wrong with its input is said in one sentence, not as a traceback."""
    from scorecard.admission import Refused

    try:
        app()
    except (Refused, ValueError, LookupError, RuntimeError) as error:
        sys.exit(harmless(str(error)))
    except OSError as error:
        sys.exit(f"{error.filename}: {error.strerror}. Correct the path, or choose another.")


if __name__ == "__main__":
    main()
