"""The bureau's pages of cases."""

from starlette.routing import Route

from portal.licensing.pages import opening, revealing, reviewing

CASE = "/review/{case_id:int}"

REVIEW = [
    Route("/review", reviewing.cases, name="review.queue"),
    Route("/review/evidence/{material_id:int}", reviewing.evidence, name="review.evidence"),
    Route("/review/papers/{document_id:int}/retry", opening.retry_paper, name="review.retry_paper", methods=["POST"]),
    Route("/review", reviewing.assign_all, name="review.assign_all", methods=["POST"]),
    Route(CASE, reviewing.case, name="review.case"),
    Route(CASE + "/holder", reviewing.take_over, name="review.take_over", methods=["POST"]),
    Route(CASE + "/examiner", reviewing.assign, name="review.assign", methods=["POST"]),
    Route(CASE + "/numbers", revealing.ask, name="review.numbers", methods=["GET"]),
    Route(CASE + "/numbers", revealing.show, name="review.numbers", methods=["POST"]),
    Route(CASE + "/materials/{slot}", reviewing.judge_material, name="review.judge_material", methods=["POST"]),
    Route(CASE + "/checks/{rule}", reviewing.judge_check, name="review.judge_check", methods=["POST"]),
    Route(CASE + "/acts/{act}", reviewing.act, name="review.act", methods=["GET"]),
    Route(CASE + "/acts/{act}", reviewing.carry_out, name="review.act", methods=["POST"]),
]
