"""Where the pages of licence applications are, and what their paths name."""

from collections.abc import Mapping

from starlette.routing import Route

from portal.base.access import Loader
from portal.documents import service as documents
from portal.licensing.routes.apply import APPLY
from portal.licensing.routes.review import REVIEW
from portal.licensing.service import questions

routes: list[Route] = [*APPLY, *REVIEW]
SUBJECTS: Mapping[str, Loader] = {
    "case_id": questions.subject,
    "material_id": questions.material_subject,
    "clock_code": questions.clock_subject,
    "document_id": documents.subject_of,
}
NOTICES = {
    "withdrawn": "申请已撤回。",
    "discarded": "草稿已删除。",
    "taken-over": "这件申请现在由你经办。",
    "assigned": "经办人已调整。",
    "judged": "审查结论已保存。",
    "paper-again": "已安排重新制作。过一会儿刷新页面看结果。",
    "done": "已办理。",
}
