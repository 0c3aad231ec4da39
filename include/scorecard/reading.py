"""What decides how an extract is read: mappings, rules, the council's lists, limits and code.

A refused extract is looked at again once any of it has changed.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from scorecard import judge, workbench
from scorecard.council import feeds_in
from scorecard.objects import sha256_of
from scorecard.settings import Settings

# The modules that decide what of an extract is accepted.
CODE = tuple(
    f"{module}.py"
    for module in (
        *("accept", "waiting", "admission", "checks", "intake", "judge", "key_value", "looking_up"),
        *("differences", "json_pages", "json_records", "json_rows", "line_pattern"),
        *("lookups", "lots"),
        *("mapping", "mapping_cells", "mapping_groups", "mapping_numbers", "mapping_problems"),
        *("mapping_rules", "mapping_sql", "period", "proving", "pseudonym", "readers", "recognise"),
        *("rejects", "senders", "settle", "sheets", "sources", "stated", "survey", "trailer"),
        *("names", "unpacking", "verdicts", "whole_files", "workbench"),
    )
)
COUNCIL = ("directorates.csv", "networks.csv", "cost_centres.csv")


def definitions(settings: Settings) -> str:
    """One SHA-256 of everything that decides whether a file is accepted, and as what."""
    package = Path(__file__).parent
    named = {
        "mappings": _hashes(workbench.SOURCES.glob("*.yaml")),
        "expectations": _hashes(judge.EXPECTATIONS.glob("*.yaml")),
        "council": _hashes(settings.council / name for name in COUNCIL),
        "feeds": {name: feed.mappings for name, feed in feeds_in(settings.council).items()},
        "code": _hashes(package / name for name in CODE),
        "limits": [settings.max_file_mb, settings.max_unpacked_mb],
    }
    return hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()


def _hashes(paths: Iterable[Path]) -> dict[str, str]:
    return {path.name: sha256_of(path) for path in paths}
