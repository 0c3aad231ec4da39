"""Scorecard: quarterly council performance packs that can be believed and rebuilt."""
