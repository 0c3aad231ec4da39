from dataclasses import replace
from datetime import date
from shutil import copytree

import pytest

from scorecard import lookups
from scorecard.lookups import Network
from scorecard.settings import INCLUDE
from scorecard.strict import WrongDefinition


@pytest.fixture(scope="module")
def known():
    return lookups.read(INCLUDE / "council", b"a key for tests only")


@pytest.mark.parametrize(
    ("words", "code"),
    [("Place", "PLA"), ("  environment  AND place ", "PLA"), ("Children's Services", "CYP"),
     ("Transformation Unit", None), ("", None)],
)  # fmt: skip
def test_a_directorate_is_known_by_the_names_that_systems_use(known, words, code):
    assert known.of("directorates")(words, "2025-06") == code


def test_a_directorate_is_known_while_it_exists(known):
    assert known.of("directorates")("Place", "2018-03") is None
    assert known.of("directorates")("Place", "2018-04") == "PLA"


@pytest.mark.parametrize(
    ("address", "network"),
    [("10.20.255.255", "corporate"), ("10.21.0.0", "other"), ("198.51.100.7", "corporate"),
     ("203.0.113.9", "other"), ("2001:db8::1", "other"), ("not an address", "unknown"),
     ("10.20.0.0/16", "unknown")],
)  # fmt: skip
def test_an_address_is_in_the_councils_network_or_in_another(known, address, network):
    assert known.of("networks")(address, "2025-06") == network


def test_a_network_counts_while_it_is_the_councils(known):
    old = Network("192.0.2.0/24", "corporate", "Annexe", date(2020, 4, 1), date(2021, 3, 31))
    asked = replace(known, networks=(old,)).of("networks")
    found = [asked("192.0.2.1", month) for month in ("2020-03", "2020-04", "2021-03", "2021-04")]
    assert found == ["other", "corporate", "corporate", "other"]


def test_each_distinct_text_is_looked_up(known):
    found = lookups.resolve(
        known.of("directorates"), [("Place", "2025-06"), ("Nowhere", "2025-06")]
    )
    assert found == [("Place", "2025-06", "PLA"), ("Nowhere", "2025-06", None)]


def test_a_council_without_a_list_of_networks_is_told(tmp_path):
    with pytest.raises(WrongDefinition, match=r"not found in .*Add it"):
        lookups.read(tmp_path, b"key")


def centres(folder, *rows):
    copied = folder / "council"
    copytree(INCLUDE / "council", copied)
    headings = "cost_centre,directorate,effective_from,effective_to"
    (copied / "cost_centres.csv").write_text("\n".join([headings, *rows, ""]))
    return lookups.read(copied, b"a key for tests only")


def test_a_cost_centre_is_of_the_directorate_that_the_longest_row_in_force_says(tmp_path):
    rows = ("104*,PLA,2018-04-01,2025-05-31", "104*,HOU,2025-06-01,", "10451,RES,2018-04-01,")
    find = centres(tmp_path, *rows).of("cost_centres")
    assert [find("10450", "2025-05"), find("10450", "2025-06")] == ["PLA", "HOU"]
    assert [find("10451", "2025-06"), find("104510", "2025-06")] == ["RES", "HOU"]
    assert [find("010450", "2025-06"), find("10450", "2018-03")] == [None, None]


def test_a_cost_centre_of_no_directorate_is_named_with_its_row(tmp_path):
    with pytest.raises(WrongDefinition, match=r"^cost_centres.csv, row 2: 'XYZ' is no director"):
        centres(tmp_path, "104*,XYZ,2018-04-01,")
