"""Tells one case: the people of a district do, one after the other, what people do with an application."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.base import clock, files, form_keys
from portal.base.actor import Actor
from portal.demo import evidence, invented
from portal.districts import service as districts
from portal.licensing.service import decision, desk, drafting, examination, ticking
from portal.licensing.store import answers, cases
from portal.policy.materials import materials
from schemas.licensing import orders
from schemas.licensing.sections import SECTIONS


@dataclass(slots=True)
class Teller:
    """One institution's case with the people who work on it."""

    clerk: Actor
    examiner: Actor
    approver: Actor
    district: str
    name: str
    serial: int
    case_id: int = 0
    is_small: bool = False

    async def seen(self) -> dict[str, Any]:
        """What a form carries that is opened now."""
        found = await cases.case(self.case_id)
        return {"case_id": found.id, "version": found.version, "key": secrets.token_urlsafe(18)}

    async def draft(self, now: datetime, *, only: tuple[str, ...] = tuple(SECTIONS)) -> None:
        """Fill in some or all sections, and with all of them the materials."""
        with clock.at(now):
            order = orders.Start(district=self.district, key=secrets.token_urlsafe(18))
            self.case_id = await drafting.start(order, actor=self.clerk, now=now, is_demo=True)
            where = (await districts.district(self.district)).name
            whole = invented.answers(
                where, self.name, self.serial, now.date(), district=self.district, is_small=self.is_small
            )
            for section in only:
                given = SECTIONS[section].model_validate(whole[section])
                await drafting.save(self.case_id, section, given, actor=self.clerk, now=now)
            for kind in materials("new") if len(only) == len(SECTIONS) else ():
                if not kind.optional:
                    await self.attach(kind.slot, f"{kind.title}.pdf", now)

    async def attach(self, slot: str, name: str, now: datetime) -> None:
        """Put a sample paper into a slot."""
        file_id = await files.keep(evidence.paper(slot), "application/pdf")
        await drafting.attach(self.case_id, slot, file_id, name, 1, key=form_keys.new_key(), actor=self.clerk, now=now)

    async def submit(self, now: datetime) -> None:
        """Hand in, the first time or again."""
        with clock.at(now):
            order = orders.Submit(declares="yes", **await self.seen())
            await drafting.submit(order, actor=self.clerk, now=now)

    async def take(self, now: datetime) -> None:
        """The examiner becomes the holder."""
        found = await cases.case(self.case_id)
        order = orders.TakeOver(case_id=found.id, version=found.version)
        await desk.take_over(order, actor=self.examiner, now=now)

    async def send_back_for_correction(self, now: datetime) -> None:
        """Judge every material, then ask once for what is missing."""
        with clock.at(now):
            await self.take(now)
            for kind in materials("new"):
                is_wrong = kind.slot == "charter"
                order = orders.Judge(
                    case_id=self.case_id, version=1, slot=kind.slot, verdict="defective" if is_wrong else "in-order",
                    remark="章程缺举办者签字，补签后重新上传。" if is_wrong else "",
                )  # fmt: skip
                await desk.judge_material(order, actor=self.examiner, now=now)
            remarks = (orders.Remark(section="capital", text="写明存款证明的开户行和日期。"),)
            await desk.return_for_correction(
                orders.Return(remarks=remarks, **await self.seen()), actor=self.examiner, now=now
            )

    async def correct(self, now: datetime) -> None:
        """Answer the notice and hand in again."""
        with clock.at(now):
            capital = {"amount_yuan": "600000", "proof": "银行存款证明（渝中支行）"}
            given = SECTIONS["capital"].model_validate(capital)
            await drafting.save(self.case_id, "capital", given, actor=self.clerk, now=now)
            await self.attach("charter", "章程（已签字）.pdf", now)
            await self.submit(now)

    async def accept(self, now: datetime) -> None:
        """Take the application on."""
        with clock.at(now):
            if (await cases.case(self.case_id)).examiner_id is None:
                await self.take(now)
            await desk.accept(orders.Accept(**await self.seen()), actor=self.examiner, now=now)

    async def turn_away(self, now: datetime, *, authority: str = "") -> None:
        """Say that no licence is needed, or which other authority decides."""
        with clock.at(now):
            await self.take(now)
            if authority:
                reason = "场所不在本区县，本机关没有管辖权。"
                order = orders.WrongAuthority(authority=authority, reason=reason, **await self.seen())
                await desk.wrong_authority(order, actor=self.examiner, now=now)
            else:
                order_ = orders.NotRequired(
                    reason="只面向成年人开展培训，不属于校外培训许可范围。", **await self.seen()
                )
                await desk.not_required(order_, actor=self.examiner, now=now)

    async def examine(self, now: datetime, *, visited: date | None = None) -> None:
        """Begin the examination, with a site visit if there was one."""
        with clock.at(now):
            if (await cases.case(self.case_id)).examiner_id is None:
                await self.take(now)
            await examination.examine(orders.Examine(**await self.seen()), actor=self.examiner, now=now)
            if visited:
                chief = self.examiner.name.partition("（")[0]
                order = orders.Visit(
                    visited_on=visited, began="9:30", ended="10:20", officers=f"{chief}、郑远",
                    present=self.clerk.name, agrees="yes", **await self.found_there(), **await self.seen(),
                )  # fmt: skip
                await examination.visit(order, actor=self.examiner, now=now)

    async def found_there(self) -> dict[str, Any]:
        """What the officers of a visit measure and write down: what the application says."""
        place = (await answers.sections(self.case_id))["premises"].answers
        rooms = len(place["rooms"])
        words = f"场所在 {place['floor']}，{rooms} 间教室，消防设施齐全，与申报一致。"
        return {"floor_area_m2": place["floor_area_m2"], "found": words}

    async def pause(self, now: datetime, starts: date, ends: date) -> None:
        """Let experts review, with the clock standing still."""
        with clock.at(now):
            order = orders.Pause(ground="expert-review", starts=starts, ends=ends, **await self.seen())
            await examination.pause(order, actor=self.examiner, now=now)

    async def extend(self, now: datetime) -> None:
        """The approver moves the promised day."""
        with clock.at(now):
            order = orders.Extend(reason="需要核实租赁合同的真实性。", **await self.seen())
            await examination.extend(order, actor=self.approver, now=now)

    async def recommend(self, now: datetime, outcome: str = "grant") -> None:
        """The examiner's proposal."""
        reason = "meets-conditions" if outcome == "grant" else "premises-lacking"
        opinion = (
            "材料齐全，现场与申报一致，建议准予许可。"
            if outcome == "grant"
            else "场所面积与产权证明不符，建议不予许可。"
        )
        with clock.at(now):
            order = orders.Recommend(outcome=outcome, reasons=(reason,), opinion=opinion, **await self.seen())
            await examination.recommend(order, actor=self.examiner, now=now)

    async def give_back(self, now: datetime) -> None:
        """The approver wants more examined."""
        with clock.at(now):
            order = orders.SendBack(reason="补充核对两名教师的合同期限。", **await self.seen())
            await decision.send_back(order, actor=self.approver, now=now)

    async def decide(self, now: datetime, outcome: str = "grant") -> str:
        """The approver's decision; gives the licence number where one was minted."""
        reason = "meets-conditions" if outcome == "grant" else "premises-lacking"
        text = "" if outcome == "grant" else "产权证明载明的面积为 210 平方米，低于规定的下限。"
        with clock.at(now):
            order = orders.Decide(outcome=outcome, reasons=(reason,), opinion=text, **await self.seen())
            await decision.decide(order, actor=self.approver, now=now)
        return (await cases.case(self.case_id)).licence_number or ""

    async def lapse(self, now: datetime) -> None:
        """Nobody answered in time: the clock takes the application on."""
        with clock.at(now):
            await ticking.lapse(self.case_id, now)

    async def withdraw(self, now: datetime) -> None:
        """The institution takes its application back."""
        with clock.at(now):
            order = orders.Withdraw(reason="场所租赁没有谈成。", **await self.seen())
            await drafting.withdraw(order, actor=self.clerk, now=now)
