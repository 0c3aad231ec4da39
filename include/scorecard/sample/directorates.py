"""Exampleshire's directorates, and what its systems call them."""

CODES = ("ASC", "CYP", "PLA", "HOU", "RES", "CEX")
SHARE_OF_STAFF = (0.22, 0.24, 0.20, 0.12, 0.16, 0.06)

# The names of include/council/directorates.csv; the first is the official one.
NAMES = (
    ("Adult Social Care", "Adults", "ASC"),
    ("Children and Young People", "Childrens Services", "Children's Services"),
    ("Place", "Environment and Place", "PLACE"),
    ("Housing and Communities", "Housing", "HOU"),
    ("Resources", "Finance and Resources", "RES"),
    ("Chief Executive's Office", "Chief Executives", "Corporate"),
)
OFFICIAL = tuple(names[0] for names in NAMES)
EVERY_NAME = tuple(name for names in NAMES for name in names)  # 3 to a directorate
