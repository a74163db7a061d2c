"""The institution's pages, and what both sides open."""

from starlette.routing import Route

from portal.base.uploads import MOST_BYTES
from portal.licensing.pages import drafting, handing_in, opening, starting

CASE = "/apply/{case_id:int}"
UPLOAD_BYTES = 3 * MOST_BYTES

APPLY = [
    Route("/apply", starting.home, name="apply.home"),
    Route("/apply/start", starting.start, name="apply.start"),
    Route("/apply/start/district", starting.district, name="apply.district", methods=["GET"]),
    Route("/apply/start/district", starting.begin, name="apply.district", methods=["POST"]),
    Route("/apply/start/{question}", starting.question, name="apply.question", methods=["GET"]),
    Route("/apply/start/{question}", starting.answer, name="apply.question", methods=["POST"]),
    Route("/apply/start/{question}/stop", starting.stop, name="apply.stop"),
    Route(CASE, drafting.case, name="apply.case"),
    Route(CASE + "/sections/{section}", drafting.section, name="apply.section", methods=["GET"]),
    Route(CASE + "/sections/{section}", drafting.save_section, name="apply.section", methods=["POST"]),
    Route(CASE + "/materials/{slot}", drafting.slot, name="apply.slot", methods=["GET"]),
    Route(
        CASE + "/materials/{slot}", drafting.add_file, name="apply.slot", methods=["POST"], max_body_size=UPLOAD_BYTES
    ),
    Route(CASE + "/materials/{slot}/remove", drafting.remove_file, name="apply.remove_file", methods=["POST"]),
    Route(CASE + "/check", handing_in.check, name="apply.check", methods=["GET"]),
    Route(CASE + "/check", handing_in.submit, name="apply.check", methods=["POST"]),
    Route(CASE + "/receipt", handing_in.receipt, name="apply.receipt"),
    Route(CASE + "/follow", handing_in.follow, name="apply.follow"),
    Route(CASE + "/answers", handing_in.answers, name="apply.answers"),
    Route(CASE + "/withdraw", handing_in.withdrawal, name="apply.withdraw", methods=["GET"]),
    Route(CASE + "/withdraw", handing_in.withdraw, name="apply.withdraw", methods=["POST"]),
    Route(CASE + "/discard", handing_in.discarding, name="apply.discard", methods=["GET"]),
    Route(CASE + "/discard", handing_in.discard, name="apply.discard", methods=["POST"]),
    Route("/deadlines/{clock_code}", opening.deadline, name="licensing.deadline"),
    Route("/papers/{document_id:int}", opening.paper, name="licensing.paper"),
    Route("/uploads/{material_id:int}", opening.upload, name="licensing.upload"),
    Route("/uploads/{material_id:int}/pages/{number:int}", opening.picture, name="licensing.picture"),
]
