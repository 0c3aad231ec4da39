"""PK-75: nobody passes the lock whom Airflow does not know, by no route, method or spelling."""

import pytest
from council_packs import BOARD, FIRST, OFFICER, PAGE, PANEL, PUBLIC, USERS
from record import KPI, Q

FIGURE = f"/figures/{KPI}/COUNCIL/{Q}"
SLOT = f"/commentary/{Q}/{KPI}/COUNCIL"
# Each address, and the status that a viewer and an officer get.
ROUTES = {
    "/packs": (200, 200),
    f"/packs?quarter={Q}&kpi={KPI}&directorate=COUNCIL": (200, 200),
    f"/packs/{PUBLIC}": (200, 200),
    f"/packs/{PUBLIC}/pack.xlsx": (200, 200),
    f"/read/{PUBLIC}": (200, 200),
    f"/packs/{OFFICER}": (404, 200),
    f"/packs/{FIRST}/report.html": (404, 200),
    f"/packs/{BOARD}": (404, 200),
    f"/packs/{BOARD}/manifest.json": (404, 200),
    f"/read/{BOARD}": (404, 200),
    f"/packs/{PANEL}": (404, 404),
    f"/packs/{PANEL}/pack.xlsx": (404, 404),
    f"/rows/{OFFICER}/1": (404, 404),
    FIGURE: (200, 200),
    f"/commentary/{Q}": (403, 200),
    SLOT: (403, 200),
    "/feed.atom": (200, 200),
    "/api/packs": (200, 200),
    "/api/figures": (200, 200),
    "/api/openapi.json": (200, 200),
    "/health": (403, 200),
    "/health.json": (403, 200),
    "/audit.csv": (403, 403),
    "/docs": (404, 404),
    "/redoc": (404, 404),
    "/openapi.json": (404, 404),
    "/nothing": (404, 404),
    "/": (404, 404),
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
WAYS = ("/packs", "/%70acks", "//packs", "/packs/", "/./packs", "/packs;a=b", "/packs%00", "/PACKS")


@pytest.mark.parametrize("route", ROUTES)
def test_a_stranger_gets_401_on_every_route_by_every_method(client, route):
    stranger = client()

    answers = [stranger.request(method, f"{PAGE}{route}") for method in METHODS]
    assert {answer.status_code for answer in answers} == {401}
    # The answer is the same everywhere: it does not tell whether there is such a page.
    assert {a.text for a in answers if a.text} == {stranger.get(f"{PAGE}/nothing").text}


@pytest.mark.parametrize("way", WAYS)
def test_a_stranger_gets_nothing_however_the_address_is_written(client, way):
    assert client().get(f"{PAGE}{way}").status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"authorization": "Bearer nonsense"}, 403),
        ({"authorization": "Bearer "}, 401),
        ({"authorization": "Basic YWRtaW46YWRtaW4="}, 401),
        ({"cookie": "_token=nonsense"}, 403),
        ({"cookie": "_token="}, 401),
        ({"x-forwarded-user": "admin", "x-remote-user": "admin"}, 401),
        ({"x-original-url": "/performance/feed.atom", "x-http-method-override": "GET"}, 401),
    ],
)
def test_what_is_no_token_of_airflow_opens_nothing(client, headers, status):
    answer = client().get(f"{PAGE}/packs", headers=headers)

    assert answer.status_code == status


def test_a_token_opens_the_page_as_a_cookie_and_as_a_bearer(client, token):
    assert client("viewer").get(f"{PAGE}/packs").status_code == 200
    bearer = {"authorization": f"Bearer {token('viewer')}"}
    assert client().get(f"{PAGE}/packs", headers=bearer).status_code == 200


def test_a_token_that_was_changed_opens_nothing(client, token):
    head, body, seal = token("viewer").split(".")
    bearer = {"authorization": f"Bearer {head}.{body}.{seal[::-1]}"}

    assert client().get(f"{PAGE}/packs", headers=bearer).status_code == 403


@pytest.mark.parametrize("route", ROUTES)
def test_a_viewer_sees_published_public_packs_and_an_officer_drafts_too(client, route):
    told = [client(who).get(f"{PAGE}{route}").status_code for who in ("viewer", "officer")]

    assert tuple(told) == ROUTES[route]


@pytest.mark.parametrize("user", USERS)
def test_restricted_packs_open_to_their_role_alone_and_to_no_admin(client, user):
    expected = 200 if user in ("member", "approver") else 404
    listed = "Panel" in client(user).get(f"{PAGE}/packs").text

    assert client(user).get(f"{PAGE}/packs/{PANEL}").status_code == expected
    assert client(user).get(f"{PAGE}/packs/{PANEL}/manifest.json").status_code == expected
    assert listed == (expected == 200)


@pytest.mark.parametrize("user", USERS)
def test_the_audit_and_the_rows_open_to_their_roles_alone_and_to_no_admin(client, user):
    expected = 200 if user in ("steward", "approver") else 403
    row = client(user).get(f"{PAGE}/rows/{OFFICER}/1").status_code

    assert client(user).get(f"{PAGE}/audit.csv").status_code == expected
    assert row == (200 if user == "steward" else 404)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("user", ["", "viewer", "officer"])
def test_no_answer_is_kept_sniffed_or_framed_elsewhere(client, route, user):
    told = client(user).get(f"{PAGE}{route}").headers

    assert told["cache-control"] == "no-store"
    assert {"authorization", "cookie"} <= set(told["vary"].lower().split(", "))
    assert told["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'self'" in told["content-security-policy"]
    assert "default-src 'none'" in told["content-security-policy"]
    assert "access-control-allow-origin" not in told


def test_no_method_but_get_changes_or_shows_anything_to_an_officer(client):
    officer = client("officer")
    for method in ("PUT", "PATCH", "DELETE", "PROPFIND", "TRACE"):
        for route in ("/packs", f"/packs/{OFFICER}", f"/packs/{OFFICER}/pack.xlsx", SLOT):
            answer = officer.request(method, f"{PAGE}{route}")
            assert answer.status_code == 405, (method, route)


def test_a_stranger_is_shown_the_way_to_sign_in_and_back_to_the_list(client):
    told = client().get(f"{PAGE}/packs?quarter=https://evil.example/")

    assert 'href="/auth/login?next=%2Fperformance%2Fpacks"' in told.text or (
        'href="/auth/login?next=/performance/packs"' in told.text
    )
    assert "evil" not in told.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example\t", "packs.example.gov.uk:99999"])
def test_no_address_on_a_page_comes_from_the_request(client, host):
    for route in ("/packs", "/feed.atom", "/api/packs", "/api/openapi.json"):
        told = client("viewer").get(
            f"{PAGE}{route}", headers={"host": host, "x-forwarded-host": "evil.example"}
        )
        assert "evil" not in told.text
        assert "evil" not in str(told.headers)


def test_a_websocket_is_closed(client):
    from starlette.websockets import WebSocketDisconnect

    with (
        pytest.raises(WebSocketDisconnect) as closed,
        client("officer").websocket_connect(f"{PAGE}/packs"),
    ):
        pass
    assert closed.value.code == 1008


def test_whom_an_auth_manager_lets_in_without_a_name_stays_outside(airflow):
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser
    from fastapi import HTTPException, Request

    from scorecard.orchestration.page import lock

    class Unnamed(SimpleAuthManagerUser):
        is_anonymous = True

    request = Request({"type": "http"})
    assert lock._rights(request, SimpleAuthManagerUser(username="a", role="viewer")).user == "a"
    with pytest.raises(HTTPException) as refused:
        lock._rights(request, Unnamed(username="a", role="admin"))
    assert refused.value.status_code == 401
