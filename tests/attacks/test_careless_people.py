"""What careless people do: press twice, hand in a file that carries more than it shows."""

import asyncio
import io

import pikepdf
import pytest

from portal.base import db, files, uploads
from portal.kernel.errors import Invalid
from portal.licensing.service import drafting
from schemas.licensing import orders
from tests.factories.districts import the_districts
from tests.factories.licensing import CLERK, NOON, a_draft, a_key


async def test_a_start_button_that_is_pressed_eight_times_begins_one_application(database: str) -> None:
    await the_districts()
    order = orders.Start(district="500103", key=a_key())
    begun = await asyncio.gather(*(drafting.start(order, actor=CLERK, now=NOON) for _ in range(8)))
    assert len(set(begun)) == 1
    assert len(await db.rows("SELECT id FROM application")) == 1


async def test_an_upload_button_that_is_pressed_twice_adds_one_file(database: str) -> None:
    case_id, key = await a_draft(), a_key()
    before = await db.rows("SELECT id FROM application_material")
    file_id = await files.keep(b"twice", "application/pdf")
    for _ in range(2):
        await drafting.attach(case_id, "charter", file_id, "章程.pdf", 1, key=key, actor=CLERK, now=NOON)
    assert len(await db.rows("SELECT id FROM application_material")) == len(before) + 1


def a_pdf(*, javascript: bool = False, attached: bool = False) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        if javascript:
            act = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
            document.Root.OpenAction = document.make_indirect(act)
        if attached:
            document.attachments["macro.exe"] = b"MZ"
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("more", [{"javascript": True}, {"attached": True}])
async def test_a_pdf_that_acts_or_carries_files_is_refused_in_words(more: dict[str, bool]) -> None:
    try:
        with pytest.raises(Invalid, match="夹带"):
            await uploads.inspect(a_pdf(**more))
        assert (await uploads.inspect(a_pdf())).pages == 1
    finally:
        await uploads.close()
