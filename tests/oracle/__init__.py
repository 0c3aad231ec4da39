"""A second, independent reckoning of the KPIs: random rows, plain numpy, and the real SQL beside.

`given_*` makes accepted rows with every edge case; `expected_*` reckons the KPIs from the words of
the definitions; `database` runs the real SQL over the same rows; `comparison` finds differences.
"""
