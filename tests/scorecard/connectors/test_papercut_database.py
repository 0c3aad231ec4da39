"""PaperCut's database as its manual describes it, and what becomes of its jobs."""

import pytest

TABLES = """
    create table tbl_user (user_id int primary key, user_name varchar(50), department varchar(50));
    create table tbl_printer (printer_id int primary key, server_name varchar(50),
        printer_name varchar(50));
    create table tbl_printer_usage_log (
        printer_usage_log_id bigint primary key, usage_date timestamp null, used_by_user_id int,
        printer_id int, total_pages int, total_color_pages int, duplex_pages int, copies int,
        paper_size varchar(20), usage_cost decimal(10, 4), usage_allowed char(1), printed char(1),
        refunded char(1));
    insert into tbl_user values (1, 'jsmith12', 'Place'), (2, 'akhan3', null);
    insert into tbl_printer values (1, 'SRV1', 'CIVIC-1'), (2, 'SRV2', 'CIVIC-1');
"""
JOB = "insert into tbl_printer_usage_log values {}"


@pytest.fixture
def papercut(source):
    """PaperCut's tables, on one server after the other."""
    source.say(*filter(str.strip, TABLES.split(";")))
    return source


@pytest.mark.parametrize(
    ("job", "row"),
    [
        # pages, of them colour and on both sides, and copies: as counted, and of one copy
        ((6, 0, 4, 2), ("3", "0", "2", "2")),
        ((6, 2, 6, 2), ("3", "1", "3", "2")),
        ((4, 4, 0, 1), ("4", "4", "0", "1")),
        ((5, 0, 0, 2), ("5", "0", "0", "1")),  # the second copy broke off
        ((6, 1, 0, 2), ("6", "1", "0", "1")),
        ((6, 0, 3, 2), ("6", "0", "3", "1")),
        ((3, 0, 0, 0), ("3", "0", "0", "1")),  # copies that were not counted
    ],
)
def test_pages_are_told_of_one_copy_where_the_copies_divide_them(papercut, pulled, job, row):
    pages, colour, duplex, copies = job
    papercut.say(
        JOB.format(
            f"(88121, '2025-06-02 09:05:12', 1, 1, {pages}, {colour}, {duplex}, {copies}, "
            "'A4', 0.18, 'Y', 'Y', 'N')"
        )
    )
    (found,) = pulled(papercut.connection, "papercut_database")

    assert (found["pages"], found["color_pages"], found["duplex_pages"], found["copies"]) == row


def test_a_month_is_that_of_the_servers_clock_and_every_job_of_it_is_told(papercut, pulled):
    rest = "1, 1, 2, 0, 0, 1, 'A4', 0.18"
    papercut.say(
        JOB.format(f"(1, '2025-05-31 23:59:59', {rest}, 'Y', 'Y', 'N')"),
        JOB.format(f"(2, '2025-06-01 00:00:00', {rest}, 'Y', 'Y', 'Y')"),
        JOB.format(f"(3, '2025-06-15 12:00:00', {rest}, 'N', 'N', 'N')"),
        JOB.format(f"(4, '2025-06-30 23:59:59', {rest}, 'Y', 'Y', 'N')"),
        JOB.format(f"(5, '2025-07-01 00:00:00', {rest}, 'Y', 'Y', 'N')"),
    )
    found = pulled(papercut.connection, "papercut_database")
    assert [row["printer_usage_log_id"] for row in found] == ["2", "3", "4"]


def test_only_what_papercuts_own_reports_count_becomes_pages(papercut, pulling):
    """A job that is refunded after it was pulled no longer counts, because it comes again."""
    rest = "1, 1, 6, 0, 4, 2, 'A4', 0.18"
    papercut.say(
        JOB.format(f"(1, '2025-06-01 00:00:00', {rest}, 'Y', 'Y', 'N')"),
        JOB.format(f"(2, '2025-06-01 00:00:00', {rest}, 'Y', 'Y', 'N')"),
        JOB.format(f"(3, '2025-06-01 00:00:00', {rest}, 'Y', 'N', 'N')"),
        JOB.format(f"(4, '2025-06-01 00:00:00', {rest}, 'N', 'N', 'N')"),
    )
    office = pulling("printing")

    def counted(hour):
        office.pull(papercut.connection, "2025-06", hour)
        return office.rows(
            "select source_key, device, pages * copies, directorate from accepted where printed "
            "is not false and refunded is not true order by 1",
            "print_jobs",
        )

    whole = ("SRV1/CIVIC-1", 6, "PLA")
    assert counted(9) == [("1", *whole), ("2", *whole)]
    papercut.say("update tbl_printer_usage_log set refunded = 'Y' where printer_usage_log_id = 1")
    assert counted(10) == [("2", *whole)]
    assert [extract.rows_set_aside for extract in office.extracts()] == [1, 1]
    assert [extract.file_name for extract in office.extracts()] == [
        "papercut_database_2025-06.csv"
    ] * 2
