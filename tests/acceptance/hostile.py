"""Texts that mean something to a spreadsheet, a browser or an eye, where people write text."""

SCRIPT = "<script>alert(1)</script> \"'&"
COUNCIL = f"=Smallshire {SCRIPT}"
PORTFOLIO = "@SUM(A1:A9)"
CONTACT = "+44 20 7946 0000"
REASON = "=cmd|' /C calc'!A0"
CAUSE = f"-1 {SCRIPT} {{{{ 7 * 7 }}}} #set page(width: 1pt)"
ACTION = '=HYPERLINK("x";"y")'
# A bell, and what turns the direction in which the rest of a line is read.
UNSEEN = "\x07\u202e\u2066"
