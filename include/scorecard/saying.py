"""How a command says what it found: in words, or as JSON for a program."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for a program to read.")]


def show(found: object, as_json: bool, said: str) -> None:
    """Print what was found, as JSON or in words."""
    whole = json.dumps(found, ensure_ascii=False, indent=2, default=str)
    typer.echo(whole if as_json else harmless(said))


def harmless(said: str) -> str:
    """The same lines without what would steer a terminal: they may quote a file from outside."""
    from scorecard.names import one_line

    return "\n".join(one_line(line) for line in said.split("\n"))


def kpis(rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """The KPIs theme by theme, under headings: code, id, title, unit, and which way is better."""
    from scorecard.packs.words import unit_name

    width = {name: max(len(row[name]) for row in rows) + 2 for name in ("code", "id", "title")}
    for theme, own in groupby(rows, key=lambda row: row["theme"]):
        yield f"{theme}"
        yield "  " + "".join(f"{name.capitalize():<{n}}" for name, n in width.items()) + "Unit"
        for row in own:
            better = "a range" if row["better"] == "band" else row["better"]
            cells = "".join(f"{row[name]:<{n}}" for name, n in width.items())
            yield f"  {cells}{unit_name(row['unit'])}; better is {better}"


def _missed(amounts: Mapping[str, Any] | None) -> Iterator[str]:
    """By how much the accepted amounts miss the total that the file states."""
    if not amounts or amounts["control_total"] is None:
        return
    accepted, total = Decimal(amounts["accepted"]), Decimal(amounts["control_total"])
    if accepted != total:
        apart = abs(accepted - total)
        yield (
            f"Its control total is £{total:,.2f}, and {amounts['column']} of the accepted rows "
            f"adds up to £{accepted:,.2f}. A pack stops at the £{apart:,.2f} between them: see the "
            "rows that are set aside, or ask for the file and its total again."
        )


def tried(name: str, found: Mapping[str, Any]) -> str:
    """What would become of a file, why of its rows, and what is left to decide in its mapping."""
    from scorecard.trial_reasons import in_words

    counts = (
        f"{found['rows_received']:,} rows received, {found['rows_accepted']:,} accepted, "
        f"{found['rows_set_aside']:,} set aside"
    )
    lines = [f"Accepted: {name}: {counts}."]
    if found["refusals"]:
        lines = ["Refused.", *(str(refusal) for refusal in found["refusals"])]
    else:
        months = (f"{month} ({rows:,})" for month, rows in found["months"].items())
        lines.append(f"Months: {', '.join(months)}")
        lines += _missed(found["amounts"])
    lines += in_words(found["reasons"])
    if left := found["undecided"]:
        lines.append(
            f"Not decided yet, for the mapping still bears `# ?` in {len(left):,} of its lines:"
        )
        lines += [f"  line {each['line']}: {each['text']}" for each in left]
    return "\n".join(lines)
