"""How a command says what it found: in words, or as JSON for a program."""

import json
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for a program to read.")]


def show(found: object, as_json: bool, said: str) -> None:
    """Print what was found, as JSON or in words."""
    whole = json.dumps(found, ensure_ascii=False, indent=2, default=str)
    typer.echo(whole if as_json else harmless(said))


def harmless(said: str) -> str:
    """The same lines without what would steer a terminal: they may quote a file from outside."""
    from scorecard.admission import one_line

    return "\n".join(one_line(line) for line in said.split("\n"))
