"""A council's folder whose feeds are switched to other connectors, by a line for each source."""

import shutil

from scorecard.settings import INCLUDE


def switched(folder, connectors, **lines):
    """A copy of Exampleshire's decisions in which each source has its connector.

    `lines` are keys that every switched feed gets besides.
    """
    shutil.copytree(INCLUDE / "council", folder, dirs_exist_ok=True)
    feeds = folder / "feeds.yaml"
    written, source = [], ""
    for line in feeds.read_text(encoding="utf-8").splitlines():
        source = line.rstrip(":") if line[:1].isalpha() else source
        if line.startswith("  connector:") and source in connectors:
            written += [f"  connector: {connectors[source]}"]
            written += [f"  {key}: {value}" for key, value in lines.items()]
        else:
            written.append(line)
    feeds.write_text("\n".join(written) + "\n", encoding="utf-8")
    return folder
