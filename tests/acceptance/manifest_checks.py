"""PK-50 to PK-52: the manifest is of these files, is signed, and tells what made the figures."""

from reading_back import data_rows, sheet_rows, told

from scorecard import origin, settings
from scorecard.packs import manifest, signature, verification

# The key with which tests sign.
SECRET = bytes(range(32))
PUBLIC = signature.public_of(SECRET)


def pk_50(pack):
    """Sizes and hashes match, no file is extra, every path is safe."""
    return [p for p in verification.problems(pack.folder) if manifest.SIGNATURE not in p]


def pk_51(pack):
    """The signature is by our key, and one changed byte of the manifest breaks it."""
    file = pack.folder / manifest.SIGNATURE
    data = (pack.folder / manifest.NAME).read_bytes()
    signed = file.read_bytes() if file.exists() else b""
    problems = []
    if len(signed) != signature.BYTES or not signature.is_signed(data, signed, PUBLIC):
        problems.append(f"{manifest.SIGNATURE}: is not the signature of the manifest by our key")
    elif signature.is_signed(data[:-2] + b" \n", signed, PUBLIC):
        problems.append(f"{manifest.SIGNATURE}: a changed manifest passes too")
    if told(pack).get("signing_key") != signature.key_id(PUBLIC):
        problems.append("manifest: names another key than the one that signed it")
    return problems


def pk_52(pack):
    """Inputs, KPI versions, factors and commit are those of the measurement."""
    found, problems = told(pack), []
    inputs = sorted((i["source"], i["sha256"], i["rows_accepted"]) for i in found["inputs"])
    named = ("Source", "SHA-256", "Rows accepted")
    listed = [tuple(row[name].value for name in named) for row in sheet_rows(pack, "Provenance")]
    if inputs != sorted(listed):
        problems.append("manifest: its inputs are not the rows of Provenance")
    versions = {kpi["id"]: kpi["version"] for kpi in found["measurement"]["kpis"]}
    defined = {r["KPI id"].value: r["Version"].value for r in sheet_rows(pack, "KPI_definitions")}
    if versions != defined:
        problems.append("manifest: its KPIs and versions are not those of KPI_definitions")
    sets = {int(each["set"]) for each in found["factors"]}
    used = {int(row["publication_year"]) for row in _factors(pack)}
    if not used <= sets:
        problems.append(f"manifest: factor sets {sorted(used - sets)} were used and are not named")
    for part, value in origin.code(settings.read({})).items():
        if found["code"].get(part) != value:
            problems.append(f"manifest: {part} is {found['code'].get(part)}, not {value}")
    return problems


def _factors(pack):
    there = (pack.folder / "data" / "factors.csv").exists()
    return data_rows(pack, "factors") if there else []


CHECKS = {"PK-50": pk_50, "PK-51": pk_51, "PK-52": pk_52}
