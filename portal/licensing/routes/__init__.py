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
    "assigned-all": "未办结的案件都已改由下面的经办人办理。",
    "judged": "审查结论已保存。",
    "paper-again": "已安排重新制作。过一会儿刷新页面看结果。",
    "done-accept": "已受理，通知书正在制作。接下来点“开始审查”。",
    "done-return": "补正告知书已发出。申请人补正后，案件回到你的“待我办”。",
    "done-not-required": "已告知不需要取得许可，案件办结。",
    "done-wrong-authority": "已告知不属本机关职权，案件办结。",
    "done-examine": "已开始审查。可以记录现场核查，或提出审查意见。",
    "done-visit": "核查记录已签发。",
    "done-pause": "告知书已发出，期限已重新计算。",
    "done-recommend": "审查意见已报审批人，等待决定。",
    "done-extend": "承诺期限已延长，告知书已发出。",
    "done-send-back": "已退回经办人继续审查。",
    "done-decide": "决定已签发。文书正在制作，做好后申请人可以下载。",
}
