"""A child that hangs, crashes, grows or wants the network harms nobody: the next order gets a fresh child."""

import asyncio

import pytest

from portal.base.confined import Limits
from portal.base.render import WorkFailed, Workshop
from portal.documents import press, rules
from portal.kernel.errors import Invalid
from tests.factories.documents import frozen

CHILD = "tests.documents.child"
QUICK = Limits(memory_bytes=400 << 20, cpu_seconds=1, wall_seconds=20, orders=3)


@pytest.fixture
async def child():
    made = Workshop(CHILD, QUICK)
    yield made
    await made.close()


@pytest.mark.parametrize("order", [b"crash", b"spin", b"grow", b"connect", b"resolve", b"spawn"])
async def test_what_goes_wrong_in_the_child_is_an_error_and_the_next_order_works(child, order):
    with pytest.raises(WorkFailed):
        await child.do(order)
    assert await child.do(b"echo") == b"echo"


async def test_a_child_that_takes_too_long_is_ended():
    slow = Workshop(CHILD, Limits(wall_seconds=3))
    with pytest.raises(WorkFailed, match="longer than 3 s"):
        await slow.do(b"wait")
    assert await slow.do(b"echo") == b"echo"
    await slow.close()


async def test_an_order_that_nobody_waits_for_is_not_answered_to_the_next(child):
    first = asyncio.create_task(child.do(b"wait"))
    await child.do(b"echo") if first.done() else await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert await child.do(b"echo") == b"echo"


async def test_a_refusal_comes_back_with_field_and_message(child):
    with pytest.raises(Invalid) as refused:
        await child.do(b"refuse")
    assert [(one.path, one.message) for one in refused.value.errors] == [("name", "写姓名")]


async def test_the_child_knows_no_secret_of_ours(child, monkeypatch):
    monkeypatch.setenv("PORTAL_SECRET", "secret")
    assert await child.do(b"environment") == b"False"


async def test_a_child_that_is_ended_leaves_nothing_about(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    workshop = press.workshop()
    await workshop.do(press.order("receipt", frozen("receipt"), rules.TEMPLATES, rules.FONTS))
    assert list(tmp_path.glob("*/weasyprint-*"))
    await workshop.close()
    assert list(tmp_path.iterdir()) == []


async def test_a_child_is_replaced_after_its_orders(child):
    first = [await child.do(b"who") for _ in range(3)]
    assert len(set(first)) == 1
    assert await child.do(b"who") not in first


async def test_the_press_makes_papers_and_refuses_by_name():
    workshop = press.workshop()
    pdf = await workshop.do(press.order("receipt", frozen("receipt"), rules.TEMPLATES, rules.FONTS))
    assert pdf.startswith(b"%PDF-")
    bad = frozen("receipt", addressee="𱍐")
    with pytest.raises(Invalid, match=r"U\+31350"):
        await workshop.do(press.order("receipt", bad, rules.TEMPLATES, rules.FONTS))
    await workshop.close()
