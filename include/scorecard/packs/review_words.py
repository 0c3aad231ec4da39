"""What an approver is shown before they answer: the summary, the checks and what is open."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from scorecard.packs.content import Item, PackContent
from scorecard.packs.words import counted, day_and_time

MOST = 12  # lines of a list; the preview has them all


def subject(whole: PackContent) -> str:
    """The headline of the question."""
    return f"Approve for publication: {whole.title}, revision {whole.revision}"


def body(packs: Sequence[PackContent], page: str, drafted_at: datetime) -> str:
    """The question in Markdown, by the widest pack: what it says, what is doubted, moved, open.

    `page`: where the officers' page is, such as /performance; links begin there.
    """
    whole = packs[0]
    parts = [
        f"**{_plain(whole.overview.lead)}**",
        f"{_plain(whole.state_text)}. {_plain(whole.reason)}".strip(),
        _list("You approve, each as it is", [_line(pack, page) for pack in packs], plain=False),
        _list("What needs a decision", _asks(whole)),
        _list("Why the whole pack is provisional", whole.provisional),
        _list("Without a figure", _items(whole.overview.missing)),
        _list("Feeds that are missing", whole.overview.missing_feeds),
        _list("Checks", _checks(whole)),
        _list("Figures that were published otherwise", _moved(whole) or ("None.",)),
        _list("Commentary", whole.chased or ("Nothing is owed.",)),
        f"[Write or read commentary]({page}/commentary/{whole.period}). What was written after "
        f"{day_and_time(drafted_at)} is not in these drafts, and is not published with them. To "
        "have it in, reject, draft the quarter again, and ask about that draft.",
        "If a draft is made again before you answer, your answer counts for nothing, and you are "
        "asked again, about the new draft. Say in the comment what you looked at; to reject, say "
        "what has to change.",
    ]
    return "\n\n".join(part for part in parts if part)


def _line(pack: PackContent, page: str) -> str:
    """A variant: who may see it, its draft with the link to read it, and what is approved."""
    folder = f"{pack.period}/{pack.variant}/r{pack.revision}"
    draft = f"[{_plain(folder)}]({page}/read/{folder})"
    said = f"{_plain(pack.variant)} ({pack.visibility}), {draft}"
    return f"{said}, content {pack.sha256[:12]}"


def _checks(content: PackContent) -> Iterator[str]:
    """How many checks passed, and each that did not, as the sheet of checks says it."""
    rows = _rows(content, "Data_quality")
    found = [row for row in rows if row[5] != "Passed"]
    yield f"{len(rows) - len(found):,} of {counted(len(rows), 'check')} passed."
    for check, source, *_, result, effect in found:
        yield f"{source}, {result.lower()}: {effect}. {check}"


def _items(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(f"{item.title}: {item.text}" for item in items)


def _asks(content: PackContent) -> tuple[str, ...]:
    """What needs a decision, and what is asked."""
    every = content.overview.decisions
    return tuple(f"{said}. {each.asked}" for each in every for said in _items(each.items))


def _moved(content: PackContent) -> tuple[str, ...]:
    """The rows of the Revisions sheet in words."""
    return tuple(
        f"{kpi}, {directorate}, {period}: {before} is now {now}. {reason}"
        for kpi, directorate, period, before, now, _, reason, *_ in _rows(content, "Revisions")
    )


def _rows(content: PackContent, sheet: str) -> list[list[str]]:
    """The texts of a sheet's rows; the row of a sheet that says that it is empty is none."""
    rows = [[cell.text for cell in row] for row in content.sheet(sheet).rows]
    return [row for row in rows if row[1] != "[z]"]


def _list(title: str, lines: Iterable[str], plain: bool = True) -> str:
    """A heading with a few lines and how many more there are; nothing if there is none."""
    every = [_plain(line) if plain else line for line in lines if line]
    if not every:
        return ""
    shown = [f"- {line}" for line in every[:MOST]]
    more = len(every) - MOST
    if more > 0:
        shown.append(f"- and {more:,} more, in the draft")
    return "\n".join([f"**{title}**", "", *shown])


def _plain(text: str) -> str:
    """A text that Markdown takes as it stands: no link, emphasis, heading or raw HTML in it."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|!~" else c for c in text)
