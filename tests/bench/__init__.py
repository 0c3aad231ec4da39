"""How fast Scorecard is, beside the physical limit and beside what a user would write."""
