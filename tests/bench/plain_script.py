"""What a user would write instead: pandas, Great Expectations and openpyxl, in one go.

It reads the same files, asks the same kind of rules of all rows, makes the figures by month and
directorate, and writes them to a workbook. It keeps nothing, forgets nobody's name, dates no
target and knows no revision. Imports are not counted.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

os.environ["GX_ANALYTICS_ENABLED"] = "False"

import great_expectations as gx
import pandas as pd
from openpyxl import Workbook

Frames = dict[str, pd.DataFrame]


def read(inbox: Path) -> Frames:
    """Every feed as one frame."""

    def feed(pattern: str, **how: Any) -> pd.DataFrame:
        return pd.concat([pd.read_csv(path, **how) for path in sorted(inbox.glob(pattern))])

    names = ["Time", "User", "Pages", "Copies", "Printer", "Document", "Client", "Paper",
             "Language", "Height", "Width", "Duplex", "Grayscale", "Size", "Empty"]  # fmt: skip
    return {
        "print": feed("printing/*.csv", skiprows=2, names=names, encoding="cp1252"),
        "sign_ins": feed(
            "remote_working/Interactive*.csv",
            usecols=["Date (UTC)", "Request ID", "Username", "IP address", "Status"],
        ),
        "desks": feed("remote_working/desk*.csv", sep=";"),
        "incidents": feed("tickets/incident*.csv"),
        "requests": feed("tickets/sc_req*.csv"),
        "staff": feed("workforce/work_patterns*.csv"),
        "workforce": feed("workforce/workforce*.csv"),
        "savings": feed("budget/savings*.csv", thousands=","),
        "ledger": pd.concat(
            [pd.read_excel(path, header=3) for path in sorted(inbox.glob("budget/*.xlsx"))]
        ),
    }


def clean(frames: Frames) -> Frames:
    """Dates as dates, directorates by person, repeats dropped."""
    jobs = frames["print"].drop_duplicates()
    jobs["Time"] = pd.to_datetime(jobs["Time"], errors="coerce")
    jobs["Month"] = jobs["Time"].dt.strftime("%Y-%m")
    staff = frames["staff"].drop_duplicates(["Month", "Employee"])
    jobs = jobs.merge(staff, left_on=["User", "Month"], right_on=["Employee", "Month"], how="left")
    for name, date, person in (
        ("sign_ins", "Date (UTC)", "Username"),
        ("desks", "Start", "Booked by"),
    ):
        events = frames[name].drop_duplicates()
        events["Day"] = pd.to_datetime(
            events[date], errors="coerce", utc=True, dayfirst=name == "desks", format="mixed"
        ).dt.strftime("%Y-%m-%d")
        events["Person"] = events[person].str.split("@").str[0]
        frames[name] = events
    tickets = pd.concat([
        frames["incidents"].rename(columns={"caller_id.department": "Directorate"}),
        frames["requests"].rename(columns={"requested_for.department": "Directorate"}),
    ]).drop_duplicates("number", keep="last")  # fmt: skip
    for column in ("opened_at", "resolved_at", "u_first_response_at", "u_reopened_at"):
        tickets[column] = pd.to_datetime(tickets[column], errors="coerce")
    return {**frames, "print": jobs, "tickets": tickets, "staff": staff}


def check(frames: Frames) -> int:
    """How many rules fail."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    whole = context.data_sources.add_pandas("p").add_dataframe_asset("a")
    batches = whole.add_batch_definition_whole_dataframe("b")
    between = "expect_column_values_to_be_between"
    order = "expect_column_pair_values_a_to_be_greater_than_b"
    missing = {"or_equal": True, "ignore_row_if": "either_value_is_missing"}
    rules: dict[str, list[tuple[str, dict[str, Any]]]] = {
        "print": [
            (between, {"column": "Pages", "min_value": 1, "max_value": 20000}),
            (between, {"column": "Copies", "min_value": 1, "max_value": 5000}),
            ("expect_column_values_to_be_in_set",
             {"column": "Duplex", "value_set": ["DUPLEX", "NOT DUPLEX"]}),
            ("expect_column_values_to_not_be_null", {"column": "Time"}),
            ("expect_column_values_to_not_be_null", {"column": "User"}),
        ],
        "sign_ins": [("expect_column_values_to_not_be_null", {"column": "Day"}),
                     ("expect_column_values_to_be_in_set",
                      {"column": "Status", "value_set": ["Success", "Failure", "Interrupted"]})],
        "desks": [("expect_column_values_to_not_be_null", {"column": "Day"})],
        "tickets": [
            ("expect_column_values_to_be_unique", {"column": "number"}),
            (order, {"column_A": "resolved_at", "column_B": "opened_at", **missing}),
            (order, {"column_A": "u_first_response_at", "column_B": "opened_at", **missing}),
            (between, {"column": "u_csat_score", "min_value": 1, "max_value": 5}),
        ],
        "staff": [(between, {"column": "FTE", "min_value": 0.01, "max_value": 1.5})],
    }  # fmt: skip
    failed = 0
    for name, asked in rules.items():
        suite = gx.ExpectationSuite(
            name=name, expectations=[{"type": kind, "kwargs": kwargs} for kind, kwargs in asked]
        )
        batch = batches.get_batch({"dataframe": frames[name].reset_index(drop=True)})
        results = batch.validate(suite, result_format="COMPLETE").results
        failed += sum(not result.success for result in results)
    return failed


def figures(frames: Frames) -> Frames:
    """The sums behind the KPIs, by month and directorate."""
    jobs, tickets, ledger = frames["print"], frames["tickets"], frames["ledger"]
    jobs["Impressions"] = jobs["Pages"] * jobs["Copies"]
    jobs["Colour"] = jobs["Impressions"].where(jobs["Grayscale"] == "NOT GRAYSCALE", 0)
    events = pd.concat([
        frames["sign_ins"].loc[frames["sign_ins"]["Status"] == "Success", ["Person", "Day"]],
        frames["desks"].loc[frames["desks"]["Status"] == "checked in", ["Person", "Day"]],
    ]).drop_duplicates()  # fmt: skip
    events["Month"] = events["Day"].str[:7]
    people = frames["staff"][["Month", "Employee", "Directorate", "FTE"]]
    days = events.merge(people, left_on=["Person", "Month"], right_on=["Employee", "Month"])
    tickets["Month"] = tickets["resolved_at"].dt.strftime("%Y-%m")
    tickets["Hours"] = (tickets["resolved_at"] - tickets["opened_at"]).dt.total_seconds() / 3600
    paid = [column for column in ledger.columns if str(column).startswith("Actual P")]
    ledger["Actual"] = ledger[paid].sum(axis=1)
    by = ["Month", "Directorate"]
    return {
        "Printing": jobs.groupby([*by, "Duplex", "Paper"])[["Impressions", "Colour"]].sum(),
        "Presence": days.groupby(by)["FTE"].sum().to_frame(),
        "Tickets": tickets.groupby([*by, "priority"])["Hours"].agg(["count", "median"]),
        "Budget": ledger.groupby(["Financial year", "Period", "Directorate"])["Actual"].sum().to_frame(),
        "Workforce": frames["workforce"].groupby(["month", "directorate"])["fte"].sum().to_frame(),
    }  # fmt: skip


def write(made: Frames, path: Path) -> None:
    """The figures as a workbook, a sheet each."""
    book = Workbook()
    for name, frame in made.items():
        sheet = book.create_sheet(name)
        flat = frame.reset_index()
        sheet.append([str(column) for column in flat.columns])
        for row in flat.itertuples(index=False):
            sheet.append(list(row))
    book.save(path)


def main(inbox: str, workbook: str) -> None:
    """Do it all and print what each part took."""
    if limit := os.environ.get("SCORECARD_BENCH_LIMIT_MB"):
        resource.setrlimit(resource.RLIMIT_AS, (int(limit) * 1024**2,) * 2)
    parts: dict[str, float] = {}
    processor = time.process_time()

    def timed(name: str, function: Any, *arguments: Any) -> Any:
        started = time.perf_counter()
        found = function(*arguments)
        parts[name] = time.perf_counter() - started
        return found

    frames = timed("clean", clean, timed("read", read, Path(inbox)))
    timed("checks", check, frames)
    timed("write", write, timed("figures", figures, frames), Path(workbook))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"parts": parts, "cpu": time.process_time() - processor, "peak_mb": peak}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
