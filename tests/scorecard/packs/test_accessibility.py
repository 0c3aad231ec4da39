"""The accessibility statement: what the model statement of the regulations asks for."""

import pytest

from scorecard.packs import accessibility


@pytest.mark.parametrize(
    "said",
    [
        '<html lang="en-GB">',
        "Accessibility Regulations 2018",
        "partially compliant",
        "WCAG) version 2.2, level AA",
        "How to report a problem",
        "Equality and Human Rights Commission",
        "2025-26-Q1/officer/r1",
    ],
)
def test_a_statement_says_how_far_it_complies_what_fails_and_whom_to_tell(content, said):
    assert said in accessibility.write(content).decode()


def test_a_statement_names_the_contact_of_the_cover(content):
    assert dict(content.facts)["Contact"] in accessibility.write(content).decode()


def test_nothing_is_loaded_and_nothing_runs(content):
    page = accessibility.write(content).decode()

    assert "<script" not in page
    assert "default-src 'none'" in page
