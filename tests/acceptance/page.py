"""PK-20 to PK-29: the page, as a validator, a browser, a keyboard and axe-core find it."""

import base64
import hashlib
import json
import shutil
import subprocess
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import palette
from browser import REFLOWS, WIDTHS, opened
from hostile import SCRIPT
from lxml import html
from pack import CannotRun

from scorecard.settings import REPOSITORY

VNU = REPOSITORY / "build/html-checker/node_modules/vnu-jar/build/dist/vnu.jar"
# axe takes a minute for thousands of rows that one template wrote. So it sees each shape of row
# and of article once, and the first row of each table; drawings without their lines, which it
# cannot judge.
ONE_OF_EACH = """() => {
  const seen = new Set();
  const shape = e => [e.tagName, e.className, e.getAttribute('role'), !e.textContent.trim(),
                      ...[...e.children].map(shape)].join();
  document.querySelectorAll('tbody').forEach(body => [...body.rows].forEach((row, nth) => {
    const its = shape(row);
    if (nth && seen.has(its)) row.remove();
    seen.add(its);
  }));
  document.querySelectorAll('svg > :not(title):not(desc)').forEach(e => e.remove());
  document.querySelectorAll('article').forEach(article => {
    const its = shape(article);
    if (seen.has(its)) article.remove();
    seen.add(its);
  });
}"""
# What is not displayed needs no Tab: a fold of narrow windows, in a wide one.
SHOWN = """() => [...document.querySelectorAll('a[href], summary')]
  .map((e, place) => e.checkVisibility() ? place : -1).filter(place => place >= 0)"""
FOCUSED = """() => {
  const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
  return [[...document.querySelectorAll('a[href], summary')].indexOf(e),
          s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2
          && box.width > 0 && box.right > 0 && box.bottom > 0 && box.top < innerHeight];
}"""


@cache
def tree(path):
    return html.fromstring(path.read_bytes())


def on_every_page(pack, look):
    """What is wrong on each page of a pack, with the page's name before it."""
    return [f"{path.name}: {said}" for path in pack.pages for said in look(path)]


def pk_20(pack):
    return on_every_page(pack, _violations)


def _violations(path):
    from axe_playwright_python.sync_playwright import Axe

    for width in WIDTHS:
        with opened(path, width) as (page, _):
            page.evaluate(ONE_OF_EACH)
            for found in Axe().run(page).response["violations"]:
                where = found["nodes"][0]["html"][:120]
                yield f"{width} px, {found['id']}, {len(found['nodes'])} times: {where}"


def pk_21(pack):
    found = _validated(pack.together)
    return found.get(pack.folder, [])


@cache
def _validated(folders):
    """The errors of every page of some folders: the checker takes seconds to start."""
    if not VNU.exists() or shutil.which("java") is None:
        raise CannotRun(
            "The Nu HTML checker is not there, so no page was validated. "
            "It needs Java and npm: install them and run `make test` again."
        )
    pages = [str(path) for folder in folders for path in sorted(folder.glob("*.html"))]
    command = ["java", "-jar", str(VNU), "--errors-only", "--format", "json", *pages]
    said = json.loads(subprocess.run(command, capture_output=True, check=False).stderr)
    errors = {}
    for one in said["messages"]:
        page = Path(one.get("url", "file:").removeprefix("file:"))
        line = f"{page.name}, line {one.get('lastLine')}: {one['message']}"
        errors.setdefault(page.parent, []).append(line)
    return errors


def pk_22(pack):
    return on_every_page(pack, _sideways)


def _sideways(path):
    problems = []
    with opened(path, REFLOWS[0]) as (page, _):
        for width in REFLOWS:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                problems.append(f"it is {wide} px wide in a window of {width}")
    return problems


def pk_23(pack):
    return on_every_page(pack, _headings)


def _headings(path):
    levels = [int(each.tag[1]) for each in tree(path).iter("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"{levels.count(1)} headings of the first level, or not the first"
    yield from (f"h{b} follows h{a}" for a, b in pairwise(levels) if b > a + 1)


def pk_24(pack):
    return on_every_page(pack, _tables)


def _tables(path):
    for table in tree(path).iter("table"):
        caption = table.findtext("caption", "").strip()
        if not caption or table.find("caption") is not table[0]:
            yield f"a table has no caption: {table.text_content()[:60]!r}"
        heads = list(table.iter("th"))
        scopes = {each.get("scope") for each in heads}
        if not heads or not scopes <= {"col", "row", "rowgroup", "colgroup"}:
            yield f"headers without scope in {caption!r}"
        bare = [row for row in table.iterfind("tbody/tr") if row[0].tag != "th"]
        if bare:
            yield f"{len(bare)} rows without a header in {caption!r}"
    yield from _as_a_screen_reader_has_them(path)


def _as_a_screen_reader_has_them(path):
    """Cells that a narrow window, which lays tables out as cards, no longer shows as cells."""
    with opened(path, WIDTHS[0]) as (page, _):
        page.evaluate(ONE_OF_EACH)
        wanted = [page.locator(tag).count() for tag in ("table", "td:not(:empty)", "th")]
        told = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = Counter(node["role"]["value"] for node in told if not node["ignored"])
    heads = roles["columnheader"] + roles["rowheader"]
    found = [roles["table"], roles["cell"] + roles["gridcell"], heads]
    if found != wanted:
        yield f"of {wanted} tables, cells and headers a narrow window shows {found} as such"


def pk_25(pack):
    return on_every_page(pack, _drawings)


def _drawings(path):
    ids = [each.get("id") for each in tree(path).iter() if each.get("id") is not None]
    yield from (f"the id {each} is given twice" for each in {i for i in ids if ids.count(i) > 1})
    for svg in tree(path).iter("svg"):
        named = (svg.get("aria-labelledby") or "").split()
        said = {each.tag: (each.get("id"), (each.text or "").strip()) for each in svg}
        if svg.get("role") != "img":
            yield "a drawing has no role"
        for part in ("title", "desc"):
            name, text = said.get(part, (None, ""))
            if not text or name not in named:
                yield f"a drawing has no {part}: {said.get('title')}"


def pk_26(pack):
    return on_every_page(pack, _colours)


def _colours(path):
    for style in tree(path).iter("style"):
        yield from palette.of_style(style.text or "")
    yield from sorted({said for svg in tree(path).iter("svg") for said in palette.of_drawing(svg)})


def pk_27(pack):
    return on_every_page(pack, _fetches)


LOADS = "//script|//link|//iframe|//object|//embed|//img|//base|//@src|//@srcset|//@style"


def _fetches(path):
    page = tree(path)
    yield from (f"it holds {each}" for each in page.xpath(LOADS))
    yield from (f"it runs {name}" for e in page.iter() for name in e.attrib if name[:2] == "on")
    rule = "".join(page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content"))
    style = "".join(each.text or "" for each in page.iter("style"))
    ours = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    if "default-src 'none'" not in rule or f"sha256-{ours}" not in rule:
        yield f"its policy is {rule!r}, or of another stylesheet"
    if "url(" in style or "@import" in style:
        yield "its stylesheet loads something"
    with opened(path, WIDTHS[1]) as (_, asked):
        yield from (f"it asked for {each}" for each in asked if each != path.as_uri())


def pk_28(pack):
    return on_every_page(pack, _by_keyboard)


def _by_keyboard(path):
    with opened(path, WIDTHS[1]) as (page, _):
        shown = set(page.evaluate(SHOWN))
        many = len(shown)
        reached = []
        for _ in range(many):
            page.keyboard.press("Tab")
            reached.append(page.evaluate(FOCUSED))
    missed = sorted(shown - {place for place, _ in reached})
    if missed:
        yield f"Tab does not reach {len(missed)} of {many} links, the first is number {missed[0]}"
    unseen = [place for place, seen in reached if place >= 0 and not seen]
    if unseen:
        yield f"the focus is not seen on {len(unseen)} of {many} links, first on number {unseen[0]}"


def pk_29(pack):
    return on_every_page(pack, lambda path: _unescaped(path, pack.content))


def _unescaped(path, content):
    """Text of people that became markup, or that the page of the report does not say."""
    written = path.read_text(encoding="utf-8")
    if "<script" in written or "{{" in tree(path).text_content().replace("{{ 7 * 7 }}", ""):
        yield "text became markup"
    if any(letter in written for letter in "\x07\u202a\u202b\u202d\u202e\u2066\u2067\u2068"):
        yield "a character that is not seen is in it"
    if SCRIPT in content.council and path.name == "report.html":
        told = tree(path).text_content()
        if content.council not in told or "{{ 7 * 7 }}" not in told:
            yield "text of people is not there as it was written"


CHECKS = {
    "PK-20": pk_20, "PK-21": pk_21, "PK-22": pk_22, "PK-23": pk_23, "PK-24": pk_24,
    "PK-25": pk_25, "PK-26": pk_26, "PK-27": pk_27, "PK-28": pk_28, "PK-29": pk_29,
}  # fmt: skip
