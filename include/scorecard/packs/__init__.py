"""The quarterly pack: what it says, and its formats."""
