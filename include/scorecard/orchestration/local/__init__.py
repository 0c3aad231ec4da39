"""Airflow on one machine, without containers: what `make pack`, `up`, `down` and `backfill` do.

Nothing here imports Airflow: it starts the real one and talks to it through its API, as a
person in the browser would.
"""
