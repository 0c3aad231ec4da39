"""May a file count where it came? It is of that source, and of a system that its feed lists."""

from collections.abc import Collection, Mapping

from scorecard.admission import Refused
from scorecard.governance import Feed
from scorecard.mapping import Mapping as SourceMapping
from scorecard.sources import TABLES


def listed(feeds: Mapping[str, Feed], source: str = "") -> Collection[str]:
    """The mappings that may read a source's files; without a source, those of every one."""
    asked = [feeds[source]] if source else feeds.values()
    return {mapping for feed in asked for mapping in feed.mappings}


def check(name: str, mapping: SourceMapping, feeds: Mapping[str, Feed], source: str = "") -> None:
    """Refuse a file that is another source's, or of a system that its feed does not list.

    Without a source, the file came with that to which it belongs.
    """
    theirs = TABLES[mapping.table].source
    if theirs != (source or theirs):
        raise Refused(
            f"{name}: a file of {mapping.system}, which belongs to {theirs}, arrived "
            f"with {source}. Put it into the inbox of {theirs}."
        )
    if mapping.system not in feeds[theirs].mappings:
        raise Refused(
            f"{name}: an export of {mapping.system}, while feeds.yaml lists for {theirs} only "
            f"{', '.join(feeds[theirs].mappings)}. Add {mapping.system} to `mappings` of {theirs} "
            "there if it is to count, or take the file away."
        )
