"""Every answer has its headers and its words; a form is taken only with its token."""

import re

import pytest
import structlog
from starlette.testclient import TestClient

from tests.ui.edges import WINNER, client

STATUSES = {
    "missing": 404,
    "conflict": 409,
    "state": 409,
    "login": 303,
    "many": 429,
    "busy": 503,
    "restart": 503,
    "invalid": 422,
    "bug": 500,
}


def token(browser: TestClient, role: str = "") -> str:
    shown = browser.get("/ui", headers={"x-role": role} if role else {})
    return re.search(r'name="csrf_token" value="([^"]+)"', shown.text).group(1)


@pytest.mark.parametrize("how", STATUSES)
def test_each_error_has_its_page_with_the_right_status(how):
    answer = client().get(f"/fails/{how}")
    assert answer.status_code == STATUSES[how]
    assert "500103199001011234" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("how", "status"), [*((how, status) for how, status in STATUSES.items() if how != "login"), ("login", 401)]
)
def test_the_api_answers_errors_as_problems(how, status):
    answer = client().get(f"/api/v1/fails/{how}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


def test_the_api_says_where_and_what_to_mend():
    answer = client().post("/api/v1/claims", json={})
    assert answer.json()["errors"] == [{"path": "name", "message": "名称已有人用，换一个名称"}]


@pytest.mark.parametrize(
    "path", ["/", "/nowhere", "/fails/bug", "/static/x/css/tokens.css", "/healthz", "/api/v1/nowhere", "/metrics"]
)
def test_security_headers_stand_on_every_answer(path):
    headers = client(is_https=True).get(path).headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["strict-transport-security"].startswith("max-age=63072000; includeSubDomains")
    assert {
        "referrer-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
        "permissions-policy",
    } <= set(headers)


def test_headers_stand_on_a_body_too_large_and_an_unknown_host_too():
    browser = client()
    large = browser.post(
        "/done", content=b"a" * (3 * 1024 * 1024), headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert (large.status_code, "content-security-policy" in large.headers, "内容太大" in large.text) == (
        413,
        True,
        True,
    )
    strange = browser.get("/", headers={"host": "evil.example"})
    assert (strange.status_code, "content-security-policy" in strange.headers) == (400, True)
    assert "evil.example" not in strange.text


def test_a_wrong_method_is_405_in_chinese():
    answer = client().post("/", json={})
    assert (answer.status_code, "不能这样打开" in answer.text) == (405, True)


def test_http_at_loopback_gets_no_transport_header():
    assert "strict-transport-security" not in client().get("/").headers


def test_what_a_signed_in_person_sees_is_stored_nowhere():
    browser = client()
    assert browser.get("/", headers={"x-role": "clerk"}).headers["cache-control"] == "no-store"
    assert browser.get("/").headers["cache-control"] == "no-cache"


def test_a_form_without_its_token_is_refused():
    assert client().post("/done", data={"a": "b"}).status_code == 403


def test_a_form_with_the_pages_token_is_taken_and_the_notice_is_said_once():
    browser = client()
    answer = browser.post("/done", data={"csrf_token": token(browser)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "已保存。" in browser.get("/").text
    assert "已保存。" not in browser.get("/").text


def test_the_token_belongs_to_the_session():
    browser = client()
    assert token(browser, "clerk") == "token-of-the-session"
    other = token(browser)
    assert browser.post("/done", data={"csrf_token": other}, headers={"x-role": "clerk"}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_origin_is_refused_even_with_the_token(headers):
    browser = client()
    answer = browser.post("/done", data={"csrf_token": token(browser), "kept": "原话"}, headers=headers)
    assert answer.status_code == 403
    assert "原话" not in answer.text


def test_our_own_origin_is_taken():
    browser = client()
    headers = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
    assert browser.post("/done", data={"csrf_token": token(browser)}, headers=headers).status_code == 303


def test_a_script_of_a_session_must_say_where_it_comes_from():
    browser = client()
    assert browser.post("/api/v1/claims", json={}, headers={"x-role": "clerk"}).status_code == 403
    assert (
        browser.post(
            "/api/v1/claims", json={}, headers={"x-role": "clerk", "sec-fetch-site": "same-origin"}
        ).status_code
        == 422
    )


def test_a_handler_that_forgets_the_token_fails():
    assert client().post("/careless", data={"a": "b"}).status_code == 500


def test_a_stale_token_gives_the_typed_text_back_but_no_password():
    answer = client().post("/done", data={"csrf_token": "old", "text": "写了很久", "password": "correct horse"})
    assert (answer.status_code, "写了很久" in answer.text, "correct horse" in answer.text) == (403, True, False)


def test_a_post_after_the_session_ended_keeps_the_typed_text():
    browser = client()
    answer = browser.post("/fails/login", data={"csrf_token": token(browser), "text": "写了很久"})
    assert (answer.status_code, "写了很久" in answer.text, 'href="/login"' in answer.text) == (401, True, True)


def test_log_in_leads_back_to_the_page_asked_for():
    assert client().get("/fails/login?a=1").headers["location"] == "/login?next=%2Ffails%2Flogin%3Fa%3D1"


def test_a_lost_race_names_the_winner_and_gives_the_text_back():
    browser = client()
    answer = browser.post(
        "/fails/conflict", data={"csrf_token": token(browser), "text": "我的意见", "password": "correct horse"}
    )
    assert answer.status_code == 409
    assert WINNER in answer.text
    assert "我的意见" in answer.text
    assert "correct horse" not in answer.text


def test_too_many_tries_say_when_to_come_back():
    assert client().get("/fails/many").headers["retry-after"] == "30"


def test_typed_markup_stays_text():
    browser = client()
    answer = browser.post("/fails/conflict", data={"csrf_token": token(browser), "text": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_a_file_of_the_look_is_kept_for_a_year_under_its_hash_alone():
    browser = client()
    address = re.search(r'href="(/static/[^"]+tokens.css)"', browser.get("/").text).group(1)
    assert "immutable" in browser.get(address).headers["cache-control"]
    assert browser.get("/static/0/css/tokens.css").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["../../settings.py", "..%2f..%2fapp.py", "css", "/etc/passwd"])
def test_only_files_of_the_look_are_served(name):
    assert client().get(f"/static/0/{name}").status_code == 404


def test_the_log_names_the_route_never_the_address_or_the_query():
    with structlog.testing.capture_logs() as lines:
        client().get("/fails/missing?q=%E6%9D%8E%E5%8D%8E")
    (line,) = [line for line in lines if line["event"] == "request"]
    assert (line["route"], line["path"], line["status"]) == ("fails", "/fails/{how}", 404)
    assert "q=" not in str(line)


def test_each_answer_carries_the_number_that_the_log_knows():
    assert len(client().get("/").headers["x-request-id"]) == 16


def test_the_counters_name_routes():
    browser = client()
    browser.get("/fails/missing")
    assert 'portal_requests_total{method="GET",route="fails",status="404"}' in browser.get("/metrics").text


def test_cookies_over_https_are_bound_to_the_host():
    cookies = client(is_https=True).get("/ui").headers.get_list("set-cookie")
    assert cookies
    assert all(
        value.startswith("__Host-") and "Secure" in value and "HttpOnly" in value and "SameSite" in value
        for value in cookies
    )
