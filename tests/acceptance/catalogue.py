"""Every acceptance check: where it is, what fault it must find, and what is checked elsewhere."""

import importlib
from pathlib import Path

HERE = Path(__file__).parent
MODULES = sorted(
    path.stem for path in HERE.glob("*.py") if (HERE / f"faults_{path.stem}.py").exists()
)
DEFAULT_BASE = "exampleshire"  # the pack in whose copy a fault is planted

CHECKS, FAULTS, BASE = {}, {}, {}
for _name in MODULES:
    _faults = importlib.import_module(f"faults_{_name}")
    CHECKS |= importlib.import_module(_name).CHECKS
    BASE |= getattr(_faults, "BASE", {})
    for _id, _plant in _faults.FAULTS.items():
        FAULTS[_id] = _plant if isinstance(_plant, tuple) else (_plant,)

# The last id of each part of the list, by its first.
PARTS = {
    1: 9,
    10: 19,
    20: 29,
    30: 36,
    40: 43,
    50: 52,
    60: 60,
    70: 71,
    75: 79,
    80: 81,
    90: 92,
    95: 95,
}
IDS = [f"PK-{n:02d}" for first, last in PARTS.items() for n in range(first, last + 1)]

# What is no property of a finished pack, and the file that tests it.
ELSEWHERE = {
    "PK-07": "tests/scorecard/test_publish.py",
    "PK-70": "tests/scorecard/test_hostile_files.py",
    "PK-71": "tests/scorecard/test_hostile_files.py",
    "PK-80": "tests/bench/__main__.py",
    "PK-81": "tests/bench/__main__.py",
    "PK-90": "tests/scorecard/test_spc.py",
    "PK-91": "tests/scorecard/test_spc.py",
    "PK-92": "tests/scorecard/packs/test_charts.py",
    "PK-95": "tests/acceptance/test_checks_can_fail.py",
}
_PAGE = "tests/scorecard/orchestration/page"
ELSEWHERE |= {f"PK-{n}": f"{_PAGE}/test_downloads.py" for n in (76, 77, 78, 79)}
ELSEWHERE |= {"PK-75": f"{_PAGE}/test_lock.py"}
