from pathlib import Path

import pytest

from scorecard import settings
from scorecard.settings import INCLUDE, REPOSITORY, WrongSetting


def test_without_settings_everything_lies_in_the_repository():
    chosen = settings.read({})
    assert chosen.home == REPOSITORY / "data"
    assert chosen.inbox == REPOSITORY / "data" / "inbox"
    assert chosen.store_url == str(REPOSITORY / "data" / "store")
    assert chosen.packs == REPOSITORY / "data" / "packs"
    assert chosen.council == INCLUDE / "council"
    assert (chosen.database_url, chosen.memory_mb) == ("", 768)


def test_each_setting_is_read_from_its_variable(tmp_path):
    chosen = settings.read({
        "SCORECARD_HOME": str(tmp_path), "SCORECARD_DATABASE_URL": "postgresql:///register",
        "SCORECARD_STORE_URL": "s3://bucket/scorecard", "SCORECARD_PACKS": "/packs",
        "SCORECARD_COUNCIL": "/council", "SCORECARD_MEMORY_MB": "512", "SCORECARD_THREADS": "3",
        "SCORECARD_MAX_FILE_MB": "50", "SCORECARD_MAX_UNPACKED_MB": "100",
    })  # fmt: skip
    assert (chosen.home, chosen.packs, chosen.council) == (
        tmp_path,
        Path("/packs"),
        Path("/council"),
    )
    assert (chosen.database_url, chosen.store_url) == (
        "postgresql:///register", "s3://bucket/scorecard"
    )  # fmt: skip
    assert (chosen.memory_mb, chosen.threads) == (512, 3)
    assert (chosen.max_file_mb, chosen.max_unpacked_mb) == (50, 100)


def test_an_empty_setting_is_none():
    assert settings.read({"SCORECARD_HOME": "", "SCORECARD_THREADS": ""}) == settings.read({})


@pytest.mark.parametrize("written", ["0", "-1", "1.5", "many", "²"])
def test_a_number_that_is_none_names_its_setting(written):
    with pytest.raises(WrongSetting, match=r"^SCORECARD_MEMORY_MB: .* Correct it in \.env\.$"):
        settings.read({"SCORECARD_MEMORY_MB": written})
