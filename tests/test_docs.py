"""The docs tell the truth: commands exist, links lead somewhere, generated pages are fresh."""

import re

import pytest

from scorecard import cli, settings
from scorecard.reference_docs import pages, stale

REPOSITORY = settings.REPOSITORY
DOCS = REPOSITORY / "docs"
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
MAKEFILE = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
WRITTEN = sorted(
    [*REPOSITORY.glob("*.md"), *(p for p in DOCS.rglob("*.md") if p.name not in pages())]
)


def test_the_generated_pages_are_what_the_definitions_say():
    assert stale(DOCS) == []


def test_make_docs_writes_the_generated_pages():
    assert re.search(r"^docs:.*\n\t.*scorecard\.reference_docs", MAKEFILE, re.M)


@pytest.mark.parametrize("path", [*WRITTEN, *sorted(DOCS / name for name in pages())], ids=str)
def test_every_link_leads_to_a_file_and_a_heading(path):
    text = path.read_text(encoding="utf-8")
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        address, _, anchor = target.partition("#")
        if address.startswith(("http:", "https:")):
            continue
        found = path.parent / address if address else path
        if not found.exists() or (anchor and anchor not in _anchors(found)):
            broken.append(target)

    assert broken == []


def _anchors(path):
    """The addresses of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-")) for heading in headings}


@pytest.mark.parametrize("path", WRITTEN, ids=str)
def test_every_command_that_is_written_down_exists(path):
    text = path.read_text(encoding="utf-8")
    quoted = re.findall(r"```sh\n(.*?)```|`([^`\n]+)`", text, re.S)
    code = "\n".join("".join(parts) for parts in quoted)
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.M))
    commands = {found.name or found.callback.__name__ for found in cli.app.registered_commands}

    assert set(re.findall(r"\bmake ([a-z]+)", code)) - targets == set()
    assert set(re.findall(r"bin/scorecard ([a-z-]+)", code)) - commands == set()


@pytest.mark.parametrize("path", WRITTEN, ids=str)
def test_every_file_that_is_named_exists(path):
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"`((?:include|docs|dags|plugins|tests|expectations)/[\w./-]*)`", text)

    assert [name for name in named if not (REPOSITORY / name).exists()] == []


def test_the_first_screen_has_a_sentence_the_commands_a_picture_and_what_one_wants():
    screen = README.partition("\n## ")[0]

    assert re.match(r"# Scorecard\n\n[^.]+\.\n\n```sh\nmake pack .*\nmake up .*\n```", screen)
    assert re.search(r"!\[[^]]{20,}\]\(docs/flow\.svg\)", screen)
    wants = re.findall(r"^\| ([^|]+?) \|", screen, re.M)
    assert wants[1:] == [
        "change a target",
        "add a KPI",
        "add a source",
        "rerun a quarter",
        "find out where a figure comes from",
        "find out why a figure moved",
        "comment on a red figure",
        "try a file before it is sent",
        "read a draft, write commentary, fetch files",
        "publish a quarter's drafts",
        "draft past quarters",
        "run the tests",
    ]
    assert len(screen.splitlines()) < 45


def test_the_picture_says_in_words_what_it_shows():
    picture = (DOCS / "flow.svg").read_text(encoding="utf-8")

    assert 'role="img"' in picture
    assert "<title" in picture
    assert "<desc" in picture
    assert "<script" not in picture


def test_every_dag_is_in_the_runbook_with_how_one_notices_and_undoes():
    runbook = (DOCS / "runbook.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", pages()["dags.md"], re.M)
    dags = [dag for heading in headings for dag in heading.split(", ")]

    assert dags
    for dag in dags:
        part = runbook.partition(f"\n## {dag}\n")[2].partition("\n## ")[0]
        assert ("**Notice.**" in part, "| Do |" in part, "**Undo.**" in part) == (True,) * 3, dag


def test_decisions_are_numbered_one_page_each_and_of_one_shape():
    decisions = sorted((DOCS / "decisions").glob("*.md"))

    numbers = [int(path.name[:4]) for path in decisions]
    assert numbers == list(range(1, len(decisions) + 1))
    for number, path in enumerate(decisions, start=1):
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. "), path.name
        assert re.findall(r"^## (.+)$", text, re.M) == ["Context", "Decision", "Consequences"]
        assert text.count("\n") <= 60, path.name


def test_every_assumption_is_rated_and_has_a_source():
    text = (DOCS / "assumptions.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| ") and not line.startswith(("| Assumption", "| ---"))
    ]

    rated = {"red", "amber", "green"}
    wrong = [r for r in rows if len(r) not in (4, 5) or {r[-3], r[-2]} - rated or not r[-1]]
    assert len(rows) > 30
    assert wrong == []


def test_the_licence_names_the_factors_source_as_it_asks():
    licence = (REPOSITORY / "LICENCE").read_text(encoding="utf-8")
    about = (settings.INCLUDE / "reference" / "ghg_factors.yaml").read_text(encoding="utf-8")
    asked = "Contains public sector information licensed under the Open Government Licence v3.0."

    assert asked in about
    assert asked[:-1] in " ".join(licence.split())
    assert "MIT License" in licence
    assert "The Scorecard authors" in licence


def test_the_changelog_tells_figures_before_code():
    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")

    for release in text.split("\n## ")[1:]:
        assert re.findall(r"^### (.+)$", release, re.M) == ["Figures", "Code"], release[:40]
