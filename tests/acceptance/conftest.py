"""The acceptance checks find the small council of the package's tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "scorecard"))
