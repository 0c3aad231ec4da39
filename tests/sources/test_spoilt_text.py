"""Files of text that were spoilt on their way."""

import pytest
from spoilt import a_bench, check_all


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    with a_bench(tmp_path_factory.mktemp("home")) as made:
        yield made


@pytest.mark.parametrize("name", ["text", "key_value", "pattern", "json"])
def test_a_spoilt_file_is_refused_in_three_parts_or_every_row_of_it_is_told(name, bench, tmp_path):
    check_all(name, bench, tmp_path)
