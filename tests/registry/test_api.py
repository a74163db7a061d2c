"""The registry as JSON: strict questions, exact forms of answers, marks that say whether something changed."""

from datetime import timedelta

import pytest

from portal.app import create
from portal.base import clock
from tests.factories.browsing import browser
from tests.factories.institutions import AT, a_licence, ended, restricted

LISTED = {
    "licence_number", "name", "district", "address", "status", "valid_from", "valid_to", "programmes", "is_demo",
}  # fmt: skip


@pytest.fixture(autouse=True)
def then(database):
    with clock.at(AT):
        yield


async def test_a_page_of_results_has_the_agreed_form():
    from portal.districts import service as districts

    await districts.ensure_seed()
    number = await a_licence()
    async with browser() as visitor:
        asked = (
            "/api/v1/registry?q=春芽&district=500103&status=in-force&category=non-academic&stage=primary&cursor=&limit="
        )
        found = (await visitor.get(asked)).json()
        assert (found["next"], found["total"]) == (None, {"value": 1, "exact": True})
        [item] = found["items"]
        assert set(item) == LISTED
        assert (item["licence_number"], item["status"], item["valid_to"]) == (number, "in-force", "2030-12-31")
        assert item["programmes"] == [{"subject": "art", "stage": "primary"}]


@pytest.mark.parametrize(
    ("query", "path"),
    [("q=" + "春" * 61, "q"), ("q=" + "春" * 5000, "q"), ("status=alive", "status"), ("category=x", "category"),
     ("stage=kindergarten", "stage"), ("district=999999", "district"), ("district=渝中", "district"),
     ("limit=0", "limit"), ("limit=101", "limit"), ("limit=ten", "limit"), ("limit=5.0", "limit"),
     ("cursor=AAAA", "cursor")],
)  # fmt: skip
async def test_a_question_that_is_not_understood_names_the_place(query, path):
    async with browser() as visitor:
        answer = await visitor.get(f"/api/v1/registry?{query}")
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        assert [error["path"] for error in answer.json()["errors"]] == [path]
        assert answer.json()["errors"][0]["message"]


async def test_what_the_api_does_not_know_is_left_aside():
    async with browser() as visitor:
        assert (await visitor.get("/api/v1/registry?colour=red&q=%F0%9F%98%80")).json()["total"]["value"] == 0


async def test_cursors_lead_through_everything():
    for index in range(5):
        await a_licence(f"春芽{index}")
    async with browser() as visitor:
        seen, cursor = [], ""
        while cursor is not None:
            page = (await visitor.get("/api/v1/registry", q="春芽", limit=2, cursor=cursor)).json()
            seen, cursor = seen + [item["name"] for item in page["items"]], page["next"]
    assert seen == [f"春芽{index}" for index in range(5)]


async def test_an_answer_changes_its_mark_when_the_registry_or_the_day_changes():
    number = await a_licence()
    async with browser() as visitor:
        for path, kept in (
            ("/api/v1/registry?q=春芽", "public, max-age=60"),
            (f"/api/v1/registry/{number}", "no-cache"),
        ):
            first = await visitor.get(path)
            assert first.headers["cache-control"] == kept
            known = {"if-none-match": first.headers["etag"]}
            assert (await visitor.client.get(path, headers=known)).status_code == 304
            with clock.at(AT + timedelta(days=1)):
                assert (await visitor.client.get(path, headers=known)).status_code == 200
            await a_licence(f"又一家{len(path)}")
            assert (await visitor.client.get(path, headers=known)).status_code == 200


async def test_one_licence_tells_what_is_laid_over_it_and_its_history():
    number = await a_licence()
    await restricted(number, "stop-enrol", AT.date() - timedelta(days=3))
    async with browser() as visitor:
        found = (await visitor.get(f"/api/v1/registry/{number}")).json()
        assert (found["status"], found["floor_area_m2"]) == ("restricted", "320.00")
        assert [one["kind"] for one in found["restrictions"]] == ["stop-enrol"]
        assert found["history"] == [{"since": "2026-01-01", "act": "grant"}]
        await ended(number, "revoked", AT.date())
        assert (await visitor.get(f"/api/v1/registry/{number}")).json()["status"] == "revoked"


@pytest.mark.parametrize("path", ["/api/v1/registry/150010379999991", "/api/v1/registry/x", "/api/v1/verify/ABCD-EFGH"])
async def test_what_does_not_exist_is_a_problem_document(path):
    async with browser() as visitor:
        answer = await visitor.get(path)
        assert answer.status_code == 404
        assert answer.json()["status"] == 404


async def test_the_sixty_first_search_of_a_minute_from_one_address_is_refused():
    async with browser() as visitor:
        statuses = [(await visitor.get("/api/v1/registry?q=春")).status_code for _ in range(61)]
        assert statuses == [200] * 60 + [429]
        refused = await visitor.get("/registry?q=春")
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 0


async def test_the_description_names_every_route_of_the_api():
    async with browser() as visitor:
        described = (await visitor.get("/api/v1/openapi.json")).json()
    assert described["openapi"] == "3.1.0"
    served = {route.path for route in create().routes if route.path.startswith("/api/v1/")}
    assert set(described["paths"]) == served
