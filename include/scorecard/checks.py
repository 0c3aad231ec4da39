"""What rows must satisfy: `expectations/<table>.yaml`, asked by Great Expectations.

A rule on some columns holds for all rows if it holds for every distinct combination of their
values, so each rule sees one row per combination. A key rule sees the keys that occur twice. A
rule on the extract sees one row per extract.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from scorecard.sources import TABLES
from scorecard.strict import WrongDefinition, record

DIMENSIONS = ("completeness", "uniqueness", "validity", "consistency", "timeliness", "accuracy")
SEVERITIES = ("critical", "warning")
ASKED_OF = ("rows", "keys", "extract")
# What a rule on the extract may ask: rows superseded, repeated or filtered are no faults.
EXTRACT = ("rows_received", "rows_accepted", "rows_faulty", "percent_faulty", "months")


@dataclass(frozen=True)
class Rule:
    """One rule. Critical: nothing of the extract is used. Warning: the row is set aside."""

    id: str
    type: str
    severity: str
    dimension: str
    why: str
    kwargs: dict[str, Any] = field(default_factory=dict, hash=False)  # compared, not hashed
    of: str = "rows"  # rows, keys or extract
    file: str = ""  # where the rule is written

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the rule reads."""
        named = [self.kwargs.get(key) for key in ("column", "column_A", "column_B")]
        listed = self.kwargs.get("column_list", [])
        return tuple(dict.fromkeys([*filter(None, named), *listed]))


@dataclass(frozen=True)
class Suite:
    """The rules of one table, and the columns that are derived for them alone."""

    table: str
    rules: tuple[Rule, ...]
    derived: dict[str, str]  # name to SQL expression over the table's columns

    def asked_of(self, what: str) -> tuple[Rule, ...]:
        """The rules that look at rows, at keys or at the extract."""
        return tuple(rule for rule in self.rules if rule.of == what)


@cache
def load(folder: Path, table: str) -> Suite:
    """The suite of a table; WrongDefinition names the file, the rule and the mend."""
    path = folder / f"{table}.yaml"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WrongDefinition(
            f"{path.name}: not found in {folder}. Add the table's rules."
        ) from None
    unknown = set(content) - {"table", "expectations", "derived"}
    if unknown or content.get("table") != table:
        raise WrongDefinition(
            f"{path.name}: write 'table: {table}', derived and expectations only."
        )
    rules = tuple(_rule(item, path.name) for item in content["expectations"])
    if len({rule.id for rule in rules}) < len(rules):
        raise WrongDefinition(f"{path.name}: two rules have one id. Give each its own.")
    suite = Suite(table, rules, content.get("derived", {}))
    for rule in rules:
        _check_columns(rule, suite)
    return suite


def _check_columns(rule: Rule, suite: Suite) -> None:
    """A rule may ask only of what there is: the table's columns, derived ones, or the extract."""
    known = {column.name for column in TABLES[suite.table].columns} | set(suite.derived)
    for column in rule.columns:
        if column not in (EXTRACT if rule.of == "extract" else known):
            raise WrongDefinition(
                f"{rule.file}: {rule.id}: '{column}' is no column of {suite.table}. Correct it."
            )


def _rule(item: dict[str, Any], where: str) -> Rule:
    kwargs = item.pop("kwargs", {})
    rule: Rule = record(Rule, item, f"{where}: {item.get('id', 'a rule without id')}")
    for value, allowed in (
        (rule.severity, SEVERITIES), (rule.dimension, DIMENSIONS), (rule.of, ASKED_OF)
    ):  # fmt: skip
        if value not in allowed:
            raise WrongDefinition(f"{where}: {rule.id}: '{value}' is not {' or '.join(allowed)}.")
    return Rule(**{**rule.__dict__, "kwargs": kwargs, "file": where})


@cache
def _context() -> Any:
    """Great Expectations without project folder, progress bars or analytics; 4 s, so once."""
    os.environ["GX_ANALYTICS_ENABLED"] = "False"
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    frames = context.data_sources.add_pandas("frames").add_dataframe_asset("frame")
    return frames.add_batch_definition_whole_dataframe("whole")


def ask(rules: Iterable[Rule], frame: pd.DataFrame) -> dict[str, list[int]]:
    """For each rule's id, the positions of the frame's rows that break it."""
    asked = {rule.id: rule for rule in rules}
    if not asked:
        return {}
    suite = _suite_of(tuple(asked.values()))
    if frame.empty:
        return {rule_id: [] for rule_id in asked}
    batch = _context().get_batch({"dataframe": frame.reset_index(drop=True)})
    results = batch.validate(suite, result_format="COMPLETE").results
    return {_id(result): _broken(result, len(frame), asked[_id(result)]) for result in results}


@lru_cache(maxsize=256)  # to make it takes as long as to ask a small extract
def _suite_of(rules: tuple[Rule, ...]) -> Any:
    """The rules as a suite. Great Expectations leaves out a rule it does not know: we do not."""
    import great_expectations as gx

    written = [
        {
            "type": rule.type,
            "kwargs": rule.kwargs,
            "severity": rule.severity,
            "meta": {"id": rule.id},
        }
        for rule in rules
    ]
    for rule, one in zip(rules, written, strict=True):
        try:
            known = gx.ExpectationSuite(name="rule", expectations=[one]).expectations
        except (TypeError, ValueError):
            known = []
        if not known:
            raise WrongDefinition(
                f"{rule.file}: {rule.id}: Great Expectations does not know '{rule.type}' with "
                f"{rule.kwargs} and severity '{rule.severity}'. Correct it."
            )
    return gx.ExpectationSuite(name="rules", expectations=written)


def _id(result: Any) -> str:
    return str(result.expectation_config.meta["id"])


def _broken(result: Any, rows: int, rule: Rule) -> list[int]:
    if result.exception_info and any(
        isinstance(part, dict) and part.get("raised_exception")
        for part in [result.exception_info, *result.exception_info.values()]
    ):
        raise WrongDefinition(
            f"{rule.file}: {rule.id}: it could not be asked ({result.exception_info}). "
            "Correct its columns and kwargs."
        )
    if result.success:
        return []
    broken = result.result.get("unexpected_index_list")
    return list(range(rows)) if broken is None else [int(index) for index in broken]
