"""The packs, users and roles of the page's tests, by the names that addresses give them."""

from datetime import timedelta

from record import NOW, Q

PAGE = "/performance"
AT = NOW + timedelta(hours=2)
OFFICER, FIRST, PUBLIC = f"{Q}/officer/r2", f"{Q}/officer/r1", f"{Q}/public/r1"
BOARD, PANEL = f"{Q}/board/r1", f"{Q}/panel/r1"
# Airflow's role of each user; what else they may is in roles.yaml.
USERS = {
    "viewer": "viewer", "officer": "user", "steward": "user", "approver": "user", "admin": "admin",
    "member": "viewer",
}  # fmt: skip
ROLES = """roles:
  - {role: steward, from: 2023-04-01, users: [steward]}
  - {role: owner, from: 2023-04-01, users: [owner]}
  - {role: approver, from: 2023-04-01, users: [approver]}
  - {role: restricted, from: 2023-04-01, users: [member, approver]}
"""
PANEL_ROUTE = """routes:
  - {body: Risk and Cyber Panel, variant: panel, deadline_working_day: 28, visibility: restricted, sign_off: approver}
"""  # noqa: E501
