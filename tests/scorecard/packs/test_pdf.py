"""The pack as a PDF: safe with any text, and the same bytes each time."""

import hashlib
import io
import os
import pickle
import subprocess
import sys
from dataclasses import replace

import pikepdf
import pytest

from scorecard.packs import pdf
from scorecard.packs.columns import BREAK
from scorecard.packs.pdf import UNKNOWN, join_caption, showable
from scorecard.settings import INCLUDE

MAKE = """
import hashlib, pickle, sys
from pathlib import Path
from scorecard.packs import pdf
content = pickle.loads(Path(sys.argv[1]).read_bytes())
print(hashlib.sha256(pdf.write(content)).hexdigest())
"""
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
HERE = {"TZ": "Europe/London", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
HOSTILE = (
    '#read("/etc/passwd") $x$ *bold* _it_ `code` @here <label> \\ " = Heading // \u202eevil\u0007'
    " 漢字 😀 " + "W" * 300
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("net −0.8 t, £5, ŵ", "net −0.8 t, £5, ŵ"),
        ("漢a😀", f"{UNKNOWN}a{UNKNOWN}"),
        ("a\u202eb\u0007c\u200dd", "abcd"),
        ("a\u2028b\tc", "a b c"),
        ("one\u2011way", "one-way"),
        ("w\u0302yau", "ŵyau"),
        ("x" * 69, "x" * 69),
        ("x" * 70, BREAK.join(["x" * 24, "x" * 24, "x" * 22])),
    ],
)
def test_text_is_shown_as_far_as_the_typeface_goes(text, shown):
    assert showable(text) == shown


def test_hostile_text_is_set_as_it_stands_and_nothing_is_read(content):
    theme = content.themes[0]
    kpi = replace(theme.kpis[0], headline=HOSTILE, paragraph=(HOSTILE,), code=HOSTILE)
    hostile = replace(
        content,
        title=HOSTILE,
        council=HOSTILE,
        notes=(HOSTILE,),
        facts=((HOSTILE, HOSTILE),),
        themes=(replace(theme, name=HOSTILE, kpis=(kpi,)), *content.themes[1:]),
    )
    with pikepdf.open(io.BytesIO(pdf.write(hostile))) as made:
        title = str(made.open_metadata()["dc:title"])

    assert '#read("/etc/passwd") $x$ *bold*' in title
    assert "evil [?][?] [?] W" in title.replace(BREAK, "")


def test_the_template_reads_no_file(content, tmp_path):
    template = (pdf.TEMPLATES / "report.typ").read_text(encoding="utf-8")

    assert [word for word in ("read(", "#import", "#include", "eval(") if word in template] == []


def test_two_builds_elsewhere_give_the_same_bytes(content, tmp_path):
    kept = tmp_path / "content.pickle"
    kept.write_bytes(pickle.dumps(content))
    made = set()
    for place, settings in (("a", HERE), ("b", ELSEWHERE)):
        folder = tmp_path / place
        folder.mkdir()
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(INCLUDE), **settings}
        command = [sys.executable, "-c", MAKE, str(kept)]
        run = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=True
        )
        made.add(run.stdout.strip())

    assert made == {hashlib.sha256(pdf.write(content)).hexdigest()}


def test_a_pack_without_data_still_bears_a_date(content):
    bare = replace(content, published_at=None, data_as_at=None)

    with pikepdf.open(io.BytesIO(pdf.write(bare))) as made:
        assert str(made.open_metadata()["xmp:CreateDate"]).startswith("1970-01-01")


@pytest.mark.parametrize("before", [4, 5])
def test_a_long_fact_begins_a_row_where_its_room_is_not_left(content, before):
    """The facts of a KPI stand in a row of a few columns, and a long one has the room of two."""
    facts = (*[("Target", "90%")] * before, ("Compared", "A month that nobody here forgets"))
    first = next(t for t in content.themes if any(kpi.series for kpi in t.kpis))
    drawn = next(kpi for kpi in first.kpis if kpi.series)
    theme = replace(first, kpis=(replace(drawn, facts=facts),))

    with pikepdf.open(io.BytesIO(pdf.write(replace(content, themes=(theme,))))) as made:
        assert len(made.pages) > 1


def test_what_typst_says_of_a_document_that_it_does_not_set_is_told(content, monkeypatch):
    monkeypatch.setattr(pdf, "STANDARDS", ("ua-1", "no standard"))

    with pytest.raises(pdf.CannotSet, match=r"^report\.pdf: typst does not set it \(.+\)\. Tell"):
        pdf.write(content)


def tags_of(pdf, kind, *kids):
    """A tag and the tags below it, as a PDF has them."""
    made = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}")))
    for kid in kids:
        kid.P = made
    made.K = pikepdf.Array(kids)
    return made


def kinds_of(tag):
    return [str(tag.S)[1:], *(kinds_of(kid) for kid in tag.K)]


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        (("Caption", ("Div", "Table")), ["Div", ["Div", ["Table", ["Caption"], ["TBody"]]]]),
        (("Caption", "Table"), ["Div", ["Table", ["Caption"], ["TBody"]]]),
        (("Caption", "P"), ["Div", ["Caption"], ["P"]]),
        (("P", "Table"), ["Div", ["P"], ["Table", ["TBody"]]]),
    ],
)
def test_a_caption_beside_its_table_becomes_a_part_of_it(below, expected):
    pdf = pikepdf.new()

    def made(kind):
        if isinstance(kind, tuple):
            return tags_of(pdf, kind[0], made(kind[1]))
        return tags_of(pdf, kind, *([tags_of(pdf, "TBody")] if kind == "Table" else []))

    part = tags_of(pdf, "Div", *map(made, below))
    join_caption(part)

    assert kinds_of(part) == expected
