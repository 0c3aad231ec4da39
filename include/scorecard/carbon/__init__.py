"""Carbon avoided by printing less and working more from home, after the carbon method.

`factors`, `travel` and `units` say what a quantity is multiplied by; `lines` makes the three lines
of a directorate; `estimates` puts them together; `uncertainty` draws their intervals, `scenarios`
names what else could be assumed; `baselines` chooses what today is compared with; `as_figures`
makes figures of it all, and `told` the words of `scorecard carbon`.
"""
