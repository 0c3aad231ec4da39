"""What a user would write instead: pandas, Great Expectations and openpyxl, in one go.

It reads the same files, asks the same kind of rules of all rows, hides names, makes the sums behind
the figures by directorate for months, quarters and years, and writes them to a workbook: what was
printed and on which devices, where people were, how many were connected at once, which connections
failed, which desks were taken, tickets, spending and staff. It keeps nothing, dates no target and
knows no revision; a ticket's working time is counted in whole days.
Imports are not counted.
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
import numpy as np
import pandas as pd
from openpyxl import Workbook
from tests.bench.plain_rules import RULES
from tests.bench.plain_vpn import connected, failed_attempts, hidden, most_at_once, sessions

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
        "vpn": pd.concat([sessions(path) for path in sorted(inbox.glob("remote_working/*.log"))]),
        "incidents": feed("tickets/incident*.csv"),
        "requests": feed("tickets/sc_req*.csv"),
        "staff": feed("workforce/work_patterns*.csv"),
        "workforce": feed("workforce/workforce*.csv"),
        "savings": feed("budget/savings*.csv", thousands=","),
        "ledger": pd.concat(
            [pd.read_excel(path, header=3) for path in sorted(inbox.glob("budget/*.xlsx"))]
        ),
    }


def in_london(times: pd.Series) -> pd.Series:
    """Local times as moments."""
    return times.dt.tz_localize("Europe/London", ambiguous="NaT", nonexistent="NaT")


def clean(frames: Frames) -> Frames:
    """Dates as dates, directorates by person, repeats dropped."""
    jobs = frames["print"].drop_duplicates()
    jobs["Time"] = in_london(pd.to_datetime(jobs["Time"], errors="coerce"))
    jobs["Month"] = jobs["Time"].dt.strftime("%Y-%m")
    staff = frames["staff"].drop_duplicates(["Month", "Employee"])
    jobs["User"] = hidden(jobs["User"])
    staff["Employee"] = hidden(staff["Employee"])
    jobs = jobs.merge(staff, left_on=["User", "Month"], right_on=["Employee", "Month"], how="left")
    for name, date, person in (
        ("sign_ins", "Date (UTC)", "Username"),
        ("desks", "Start", "Booked by"),
    ):
        events = frames[name].drop_duplicates()
        events["Day"] = pd.to_datetime(
            events[date], errors="coerce", utc=True, dayfirst=name == "desks", format="mixed"
        ).dt.strftime("%Y-%m-%d")
        events["Person"] = hidden(events[person].str.split("@").str[0])
        frames[name] = events
    frames["vpn"] = connected(frames["vpn"].drop_duplicates())
    tickets = pd.concat([
        frames["incidents"].rename(columns={"caller_id.department": "Directorate"}),
        frames["requests"].rename(columns={"requested_for.department": "Directorate"}),
    ]).drop_duplicates("number", keep="last")  # fmt: skip
    for column in ("opened_at", "resolved_at", "closed_at", "u_first_response_at", "u_reopened_at"):
        tickets[column] = pd.to_datetime(tickets[column], errors="coerce")
    return {**frames, "print": jobs, "tickets": tickets, "staff": staff}


def check(frames: Frames) -> int:
    """How many rules fail."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    whole = context.data_sources.add_pandas("p").add_dataframe_asset("a")
    batches = whole.add_batch_definition_whole_dataframe("b")
    failed = 0
    for name, asked in RULES.items():
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
    jobs["Duplexed"] = jobs["Impressions"].where(jobs["Duplex"] == "DUPLEX", 0)
    odd = (jobs["Pages"] + 1) // 2 * jobs["Copies"]
    jobs["Sheets"] = odd.where(jobs["Duplex"] == "DUPLEX", jobs["Impressions"])
    sign_ins, desks = frames["sign_ins"], frames["desks"]
    inside = sign_ins["IP address"].str.startswith(("10.20.", "198.51.100."))
    sign_ins["Place"] = inside.map({True: 1, False: 2})
    vpn = frames.pop("vpn")
    inside = vpn["remip"].str.startswith(("10.20.", "198.51.100."))
    vpn = vpn[["Person", "Day", "Began", "Ended", "Seconds", "action"]]
    outside = vpn.loc[~inside & (vpn["action"] == "tunnel-down")]
    at_home = outside.groupby(["Person", "Day"], as_index=False)["Seconds"].sum()
    at_home["Place"] = 2
    desks["Place"] = 3
    events = pd.concat([
        at_home.loc[at_home["Seconds"] >= 7200, ["Person", "Day", "Place"]],
        sign_ins.loc[sign_ins["Status"] == "Success", ["Person", "Day", "Place"]],
        desks.loc[desks["Status"] == "checked in", ["Person", "Day", "Place"]],
    ]).groupby(["Person", "Day"], as_index=False)["Place"].max()  # fmt: skip
    people = frames["staff"][["Month", "Employee", "Directorate", "FTE"]]
    people = people.rename(columns={"Employee": "Person"})

    def by_directorate(events: pd.DataFrame, *columns: str) -> pd.DataFrame:
        found = events[["Person", "Day", *columns]]
        return found.assign(Month=found["Day"].str[:7]).merge(people, on=["Person", "Month"])

    days = by_directorate(events, "Place")
    tries = by_directorate(vpn, "Began", "action")
    outside = by_directorate(outside, "Began", "Ended")
    desks = by_directorate(desks, "Building", "Status")
    tickets["Month"] = tickets["resolved_at"].dt.strftime("%Y-%m")
    tickets["Hours"] = (tickets["resolved_at"] - tickets["opened_at"]).dt.total_seconds() / 3600
    done = tickets.dropna(subset=["opened_at", "resolved_at"]).copy()
    done["Working days"] = np.busday_count(
        done["opened_at"].to_numpy("datetime64[D]"), done["resolved_at"].to_numpy("datetime64[D]")
    )
    paid = [column for column in ledger.columns if str(column).startswith("Actual P")]
    ledger["Actual"] = ledger[paid].sum(axis=1)
    by = ["Month", "Directorate"]
    spent = ledger.groupby(["Financial year", "Period", "Directorate"])["Actual"].sum()
    posts = frames["workforce"].groupby(["month", "directorate"])["fte"].sum()
    sums = ["Impressions", "Colour", "Duplexed", "Sheets"]
    by_month = {
        "Printing": jobs.groupby([*by, "Duplex", "Paper"])[sums].sum(),
        "Presence": days.groupby([*by, "Place"])["FTE"].sum().to_frame(),
        "Tickets": done.groupby([*by, "priority"])[["Hours", "Working days"]].median(),
        "Devices": jobs.groupby(["Month", "Printer"])[["Impressions"]].sum(),
        "Desks": desks.groupby(["Day", "Directorate", "Building", "Status"])["Person"].agg(
            ["count", "nunique"]
        ),
        "At once": most_at_once(outside, ["Directorate", "Day"]),
        "Council at once": most_at_once(outside, ["Day"]),
        "Connections": failed_attempts(tries),
    }
    # A median of quarters or years cannot be had from months; sums can.
    for name, periods in (("quarter", quarter_of), ("year", year_of)):
        done["Month"] = done["Month"].map(periods)
        by_month[f"Tickets by {name}"] = (
            done.groupby([*by, "priority"])["Hours"].median().to_frame()
        )
        for kind in ("Printing", "Presence"):
            flat = by_month[kind].reset_index()
            flat["Month"] = flat["Month"].map(periods)
            by_month[f"{kind} by {name}"] = flat.groupby(by).sum(numeric_only=True)
    return {**by_month, "Budget": spent.to_frame(), "Workforce": posts.to_frame()}


def quarter_of(month: str) -> str:
    """The financial quarter of a month such as 2025-04."""
    return str(pd.Period(month, "M").asfreq("Q-MAR"))


def year_of(period: str) -> str:
    """The financial year of a quarter such as 2026Q1, or of a month."""
    return period[:4] if "Q" in period else quarter_of(period)[:4]


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
