"""`.env.example` names every setting of the code, explains it, and changes nothing by itself."""

import re
from pathlib import Path

from scorecard import settings

REPOSITORY = Path(__file__).resolve().parent.parent
EXAMPLE = (REPOSITORY / ".env.example").read_text()


def _given():
    return dict(re.findall(r"^(SCORECARD_\w+)=(.*)$", EXAMPLE, re.M))


def test_every_setting_is_in_the_example_and_no_other():
    code = (REPOSITORY / "include" / "scorecard" / "settings.py").read_text()

    assert set(_given()) == set(re.findall(r'"(SCORECARD_\w+)"', code))


def test_every_setting_is_explained_in_a_sentence():
    blocks = re.split(r"\n\s*\n", EXAMPLE)
    unexplained = [
        block
        for block in blocks
        if re.search(r"^\w+=", block, re.M) and not re.search(r"^# [A-Z].*", block, re.M)
    ]

    assert unexplained == []


def test_the_example_is_what_holds_without_it():
    assert settings.read(_given()) == settings.read({})
