import pytest

from scorecard.pseudonym import normalised, pseudonym

KEY = b"a key for tests only"


@pytest.mark.parametrize(
    "written",
    ["jsmith12", "JSmith12", " jsmith12 ", "jsmith12@exampleshire.gov.uk", "EX\\jsmith12"],
)
def test_one_person_is_one_pseudonym_however_a_system_writes_the_name(written):
    assert normalised(written) == "jsmith12"
    assert pseudonym(written, KEY) == pseudonym("jsmith12", KEY)


def test_a_pseudonym_says_nothing_without_the_key():
    found = pseudonym("jsmith12", KEY)
    assert len(found) == 32
    assert set(found) <= set("0123456789abcdef")
    assert found != pseudonym("jsmith12", b"another key")
    assert found != pseudonym("jsmith13", KEY)
    assert "smith" not in found
