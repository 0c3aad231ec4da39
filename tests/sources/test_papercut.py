"""PaperCut's three forms tell the same figures of the same jobs."""

import csv
import io

import pytest

from scorecard.workbench import SOURCES

# Day and time, user, printer, pages of one copy, copies, all in colour, on both sides.
JOBS = [
    ("2025-06-02 09:05:12", "jsmith", "HP-01", 3, 2, False, True),
    ("2025-06-02 12:41:30", "akhan", "HP-02", 4, 1, True, False),
    ("2025-06-03 00:00:01", "akhan", "HP-02", 1, 10, True, False),
    ("2025-06-30 23:59:59", "mjones", "HP-01", 7, 1, False, True),
]


def print_logger():
    head = "Time,User,Pages,Copies,Printer,Document Name,Client,Paper Size,Language,Height,Width,"
    lines = [
        f"{at},{user},{pages},{copies},{printer},Letter,PC01,A4,PCL6,,,"
        f"{'DUPLEX' if duplex else 'NOT DUPLEX'},{'NOT GRAYSCALE' if colour else 'GRAYSCALE'},19kb,"
        for at, user, printer, pages, copies, colour, duplex in JOBS
    ]
    banner = "PaperCut Print Logger - http://www.papercut.com/"
    return "\r\n".join([banner, f"{head}Duplex,Grayscale,Size", *lines, ""])


def text_log():
    lines = []
    for at, user, printer, pages, copies, colour, _ in JOBS:
        day, _, time = at.partition(" ")
        hour, rest = int(time[:2]), time[2:]
        clock = f"{hour % 12 or 12}{rest} {'am' if hour < 12 else 'pm'}"
        total = pages * copies
        cells = (day, clock, "SRV1", printer, user, user, "PC01", "Letter", total,
                 total if colour else 0, copies)  # fmt: skip
        lines.append("\t".join(map(str, cells)) + "\n")
    return "".join(lines)


def database():
    rows = [
        {
            "printer_usage_log_id": n, "usage_date": at, "user_name": user, "server_name": "SRV1",
            "printer_name": printer, "pages": pages * copies, "copies": 1,
            "color_pages": pages * copies if colour else 0,
            "duplex_pages": pages * copies if duplex else 0, "paper_size": "A4",
            "usage_cost": "0.18", "usage_allowed": "Y", "printed": "Y", "refunded": "N",
            "department": "",
        }
        for n, (at, user, printer, pages, copies, colour, duplex) in enumerate(JOBS, 1)
    ]  # fmt: skip
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


@pytest.mark.skipif(
    not (SOURCES / "papercut_database.yaml").exists(), reason="the database is not mapped here"
)
def test_the_database_tells_the_pages_that_the_logs_tell(reader, tmp_path):
    assert figures(reader, tmp_path, database()) == figures(reader, tmp_path, print_logger())


def test_both_logs_tell_the_same_pages_and_colour_of_each_person_and_moment(reader, tmp_path):
    logged, printed = (figures(reader, tmp_path, form()) for form in (print_logger, text_log))
    assert logged == printed
    assert sum(pages for pages, _ in logged.values()) == 6 + 4 + 10 + 7
    assert sum(colour for _, colour in logged.values()) == 4 + 10


def figures(reader, folder, content):
    """Impressions and those in colour, by person and moment."""
    path = folder / "jobs.log"
    path.write_bytes(content.encode("cp1252"))
    told = reader.read(path)
    assert (told.refusal, len(told.rows)) == (None, len(JOBS))
    return {
        (row["user_pseud"], row["job_at"]): (
            row["pages"] * row["copies"], row["colour_pages"] * row["copies"]
        )
        for row in told.rows
    }  # fmt: skip
