"""What an approver is shown before they answer: the summary, the checks and what is open."""

from collections.abc import Iterable

from scorecard.packs.content import Item, PackContent

MOST = 12  # lines of a list; the preview has them all


def subject(content: PackContent) -> str:
    """The headline of the question."""
    name = f"{content.title}, revision {content.revision}"
    return f"Approve for publication: {name} ({content.variant})"


def body(content: PackContent, content_sha256: str, preview: str) -> str:
    """The question in Markdown: what the pack says, what is doubted, what moved, what is open."""
    parts = [
        f"**{_plain(content.overview.lead)}**",
        _facts(content, content_sha256, preview),
        _list("Red", _items(content.overview.reds)),
        _list("Why the whole pack is provisional", content.provisional),
        _list("Without a figure", _items(content.overview.missing)),
        _list("Feeds that are missing", content.overview.missing_feeds),
        _list("Figures that were published otherwise", _moved(content)),
        _list("Commentary", content.chased or ("Nothing is owed.",)),
        "You approve exactly this content. If anything moves before it is published, it is not "
        "published, and you are asked again. Say in the comment what you looked at; to reject, "
        "say what has to change.",
    ]
    return "\n\n".join(part for part in parts if part)


def _facts(content: PackContent, content_sha256: str, preview: str) -> str:
    link = f"[the whole draft]({preview})" if preview else "the draft's folder"
    reason = f" Reason: {_plain(content.reason)}." if content.reason else ""
    return (
        f"Revision {content.revision}, {_plain(content.state_text.lower())}.{reason} "
        f"Look at {link} before you answer. Content {content_sha256[:12]}."
    )


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
