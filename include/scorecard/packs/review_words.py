"""What an approver is shown before they answer: the summary, the checks and what is open."""

from collections.abc import Iterable, Sequence

from scorecard.packs.content import Item, PackContent, content_sha256

MOST = 12  # lines of a list; the preview has them all


def subject(whole: PackContent) -> str:
    """The headline of the question."""
    return f"Approve for publication: {whole.title}, revision {whole.revision}"


def body(packs: Sequence[PackContent]) -> str:
    """The question in Markdown, by the widest pack: what it says, what is doubted, moved, open."""
    whole = packs[0]
    parts = [
        f"**{_plain(whole.overview.lead)}**",
        f"{_plain(whole.state_text)}. {_plain(whole.reason)}".strip(),
        _list("You approve, each as it is", [_line(pack) for pack in packs]),
        _list("Red", _items(whole.overview.reds)),
        _list("Why the whole pack is provisional", whole.provisional),
        _list("Without a figure", _items(whole.overview.missing)),
        _list("Feeds that are missing", whole.overview.missing_feeds),
        _list("Figures that were published otherwise", _moved(whole)),
        _list("Commentary", whole.chased or ("Nothing is owed.",)),
        "If anything moves before it is published, it is not published, and you are asked again. "
        "Say in the comment what you looked at; to reject, say what has to change.",
    ]
    return "\n\n".join(part for part in parts if part)


def _line(pack: PackContent) -> str:
    """A variant: who may see it, where its draft is, and the content that is approved."""
    folder = f"{pack.period}/{pack.variant}/r{pack.revision}"
    return f"{pack.variant} ({pack.visibility}), {folder}, content {content_sha256(pack)[:12]}"


def _items(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(f"{item.title}: {item.text}" for item in items)


def _moved(content: PackContent) -> tuple[str, ...]:
    """The rows of the Revisions sheet in words; its empty row is none."""
    table = content.sheet("Revisions")
    rows = [[cell.text for cell in row] for row in table.rows if row[1].text != "[z]"]
    return tuple(
        f"{kpi}, {directorate}, {period}: {before} is now {now}. {reason}"
        for kpi, directorate, period, before, now, _, reason, *_ in rows
    )


def _list(title: str, lines: Iterable[str]) -> str:
    """A heading with a few lines and how many more there are; nothing if there is none."""
    every = [_plain(line) for line in lines if line]
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
