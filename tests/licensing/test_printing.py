"""What a paper prints must be in our fonts: said at the field, in the task list, before and at handing in."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from portal.base import db
from portal.documents import rules
from portal.kernel.errors import Invalid
from portal.licensing import printing, samples
from portal.licensing.service import drafting
from portal.licensing.states import State
from schemas.answers import Answers
from schemas.licensing import orders
from schemas.licensing.sections import SECTIONS
from tests.factories.browsing import an_account, browser
from tests.factories.licensing import CLERK, NOON, a_decided, a_draft, once, state

UNKNOWN = "\U00031350"
NAMED = f"“{UNKNOWN}”（U+31350）"


def sample(section: str, **changes: Any) -> dict[str, Any]:
    content = samples.answers("渝中区", "重庆春芽艺术培训有限公司", 7)[section]
    return SECTIONS[section].model_validate({**content, **changes}).model_dump(mode="json")


@pytest.mark.parametrize("section", ["principal", "legal-representative"])
def test_an_unprintable_character_is_named_with_its_field_and_its_cure(section: str) -> None:
    [error] = printing.unprintable(SECTIONS[section].model_validate(sample(section, name=f"王{UNKNOWN}")))
    assert error.path == "name"
    assert error.message.startswith("姓名：字体里没有" + NAMED)
    assert "核对" in error.message


def test_it_is_named_in_the_row_of_a_list() -> None:
    first, *rest = sample("organisers")["organisers"]
    given = SECTIONS["organisers"].model_validate({"organisers": [*rest, first, {**first, "name": UNKNOWN}]})
    assert [error.path for error in printing.unprintable(given)] == [f"organisers-{len(rest) + 1}-name"]


def test_rare_characters_that_a_font_has_and_ends_of_lines_are_fine() -> None:
    given = SECTIONS["principal"].model_validate(sample("principal", name="王𠮷镕瑄\n昇"))
    assert printing.unprintable(given) == []


def test_what_no_paper_prints_may_hold_any_character() -> None:
    given = SECTIONS["institution"].model_validate(sample("institution", purpose=f"办好{UNKNOWN}"))
    assert printing.unprintable(given) == []


async def test_an_application_with_such_a_character_is_not_handed_in_and_says_why(database: str) -> None:
    case_id = await a_draft(premises={"address": f"渝中区人民路{UNKNOWN}号"})
    order = orders.Submit(declares="yes", **await once(case_id))
    with pytest.raises(Invalid, match=r"场所与教室，场所地址：字体里没有“𱍐”（U\+31350）"):
        await drafting.submit(order, actor=CLERK, now=NOON)
    assert await state(case_id) == State.DRAFT


async def test_the_pages_name_it_and_a_draft_keeps_it(database: str) -> None:
    case_id = await a_draft()
    principal = {name: str(value) for name, value in sample("principal", name=f"王{UNKNOWN}").items()}
    async with browser(await an_account("clerk", institution_id=CLERK.institution_id)) as visitor:
        path = f"/apply/{case_id}/sections/principal"
        refused = await visitor.post(path, {**principal, "then": "continue"})
        assert (refused.status_code, refused.text.count(NAMED)) == (422, 2)
        assert f'value="王{UNKNOWN}"' in refused.text
        kept = await visitor.post(path, {**principal, "then": "later"})
        assert kept.status_code == 303
        assert "有字印不出来" in (await visitor.get(f"/apply/{case_id}")).text
        assert NAMED in (await visitor.get(path)).text
        check = (await visitor.get(f"/apply/{case_id}/check")).text
        assert f"校长，姓名：字体里没有{NAMED}" in check
        assert "提交申请</button>" not in check.replace("\n", "")
        mended = await visitor.post(path, {**principal, "name": "王镕", "then": "continue"})
        assert mended.status_code == 303
        assert NAMED not in (await visitor.get(f"/apply/{case_id}/check")).text


def marked(content: Any, model: type[Answers], prefix: str, signs: Iterator[str], marks: dict[str, str]) -> Any:
    """The answers with a sign of its own at the end of every free text; `marks` learns which sign is whose."""
    out: dict[str, Any] = dict(content)
    for name in model.model_fields:
        value = out.get(name)
        if isinstance(value, list):
            inner = type(getattr(model.model_validate({name: value}), name)[0])
            out[name] = [marked(row, inner, f"{prefix}.{name}", signs, marks) for row in value]
        elif isinstance(value, str) and str(getattr(given_or_none(model, name, "甲乙"), name, "")) == "甲乙":
            sign = next(signs)
            marks[sign] = f"{prefix}.{name}"
            out[name] = value + sign
    return out


def given_or_none(model: type[Answers], name: str, text: str) -> Answers | None:
    try:
        return model.model_validate({name: text})
    except ValueError:
        return None


def printed_fields() -> set[str]:
    """The fields that are marked as printed."""

    def of(model: type[Answers], prefix: str, content: Any) -> Iterator[str]:
        for name, field in model.model_fields.items():
            if isinstance(field.json_schema_extra, dict) and field.json_schema_extra.get("is_printed"):
                yield f"{prefix}.{name}"
            rows = getattr(content, name)
            if isinstance(rows, tuple) and rows:
                yield from of(type(rows[0]), f"{prefix}.{name}", rows[0])

    whole = {name: model.model_validate(sample(name)) for name, model in SECTIONS.items()}
    return {one for name, model in SECTIONS.items() for one in of(model, name, whole[name])}


async def test_exactly_what_a_granted_cases_papers_print_is_marked_as_printed(database: str) -> None:
    """From the first receipt to the certificate's duplicate: whose words stand on the papers?"""
    signs, marks = (chr(0x5000 + 7 * number) for number in range(1000)), dict[str, str]()
    whole = {
        name.replace("-", "_"): marked(sample(name), model, name, signs, marks) for name, model in SECTIONS.items()
    }
    await a_decided(**whole)
    papers = await db.rows("SELECT kind, facts FROM document")
    characters = frozenset[str]().union(*(rules.characters(json.dumps(json.loads(row["facts"]))) for row in papers))
    assert {row["kind"] for row in papers} >= {"receipt", "acceptance", "grant", "certificate", "duplicate"}
    assert {marks[sign] for sign in characters & marks.keys()} == printed_fields()
