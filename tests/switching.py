"""A council's folder whose feeds are switched to other connectors, by a line for each source."""

import shutil

from sqlalchemy import select

from scorecard.register.models import Figure
from scorecard.settings import INCLUDE


def switched(folder, connectors, /, **lines):
    """A copy of Exampleshire's decisions in which each source has its connector.

    `lines` are keys that every switched feed gets besides.
    """
    shutil.copytree(INCLUDE / "council", folder, dirs_exist_ok=True)
    feeds = folder / "feeds.yaml"
    written, source = [], ""
    for line in feeds.read_text(encoding="utf-8").splitlines():
        source = line.rstrip(":") if line[:1].isalpha() else source
        if source in connectors and line.strip().partition(":")[0] in lines:
            continue
        if line.startswith("  connector:") and source in connectors:
            written += [f"  connector: {connectors[source]}"]
            written += [f"  {key}: {value}" for key, value in lines.items()]
        else:
            written.append(line)
    feeds.write_text("\n".join(written) + "\n", encoding="utf-8")
    return folder


def listing(folder, /, **systems):
    """A copy of Exampleshire's decisions whose feeds list more systems: by source, their names."""
    shutil.copytree(INCLUDE / "council", folder, dirs_exist_ok=True)
    feeds = folder / "feeds.yaml"
    written, source = [], ""
    for line in feeds.read_text(encoding="utf-8").splitlines():
        source = line.rstrip(":") if line[:1].isalpha() else source
        if line.startswith("  mappings:") and source in systems:
            line = line.replace("[", f"[{', '.join(systems[source])}, ")
        written.append(line)
    feeds.write_text("\n".join(written) + "\n", encoding="utf-8")
    return folder


def figures_of(stores, measurement):
    """Everything that the figures of a measurement say, save which measurement it was."""
    columns = [c for c in Figure.__table__.columns if c.name != "measurement_id"]
    asked = select(*columns).where(Figure.measurement_id == measurement)
    order = (Figure.kpi_id, Figure.version, Figure.period, Figure.directorate)
    with stores.register.connect() as connection:
        return [row._asdict() for row in connection.execute(asked.order_by(*order))]


def differences(one, other):
    """The figures that are not the same to the last digit and word, a line each."""
    keys = ("kpi_id", "version", "period", "directorate")

    def by_key(figures):
        return {tuple(f[k] for k in keys): {k: str(v) for k, v in f.items()} for f in figures}

    left, right = by_key(one), by_key(other)
    return [
        f"{key}: {name}: {left.get(key, {}).get(name)} is not {right.get(key, {}).get(name)}"
        for key in sorted({*left, *right})
        for name in {**left.get(key, {}), **right.get(key, {})}
        if left.get(key, {}).get(name) != right.get(key, {}).get(name)
    ]
