"""Where the pages of administrators and of articles are, and what their paths name."""

from collections.abc import Mapping

from starlette.routing import Route

from portal.base.access import Loader
from portal.districts.pages import authorities, law, policy, schools
from portal.districts.service import importing
from portal.districts.service import schools as lists

routes: list[Route] = [
    Route("/admin", authorities.home, name="admin.home", methods=["GET"]),
    Route("/admin/districts", authorities.districts, name="admin.districts", methods=["GET"]),
    Route("/admin/districts/new", authorities.new_district, name="admin.district_new", methods=["GET"]),
    Route("/admin/districts/new", authorities.add_district, name="admin.district_new", methods=["POST"]),
    Route("/admin/districts/{authority_code}", authorities.district, name="admin.district", methods=["GET"]),
    Route("/admin/districts/{authority_code}", authorities.change_district, name="admin.district", methods=["POST"]),
    Route("/admin/schools", schools.schools, name="admin.schools", methods=["GET"]),
    Route("/admin/schools/new", schools.new_school, name="admin.school_new", methods=["GET"]),
    Route("/admin/schools/new", schools.add_school, name="admin.school_new", methods=["POST"]),
    Route("/admin/schools/template.csv", schools.template, name="admin.school_template", methods=["GET"]),
    Route("/admin/schools/export.csv", schools.export, name="admin.school_export", methods=["GET"]),
    Route("/admin/schools/imports/new", schools.ask_for_list, name="admin.school_import_new", methods=["GET"]),
    Route(
        "/admin/schools/imports/new",
        schools.hand_in,
        name="admin.school_import_new",
        methods=["POST"],
        max_body_size=importing.MOST_BYTES,
    ),
    Route("/admin/schools/imports/{import_id}", schools.handed_in, name="admin.school_import", methods=["GET"]),
    Route("/admin/schools/imports/{import_id}", schools.take_over, name="admin.school_import", methods=["POST"]),
    Route("/admin/schools/{school_id}", schools.school, name="admin.school", methods=["GET"]),
    Route("/admin/schools/{school_id}", schools.change_school, name="admin.school", methods=["POST"]),
    Route("/admin/schools/{school_id}/close", schools.move_school, name="admin.school_close", methods=["POST"]),
    Route("/admin/schools/{school_id}/reopen", schools.move_school, name="admin.school_reopen", methods=["POST"]),
    Route("/admin/calendar", policy.calendar, name="admin.calendar", methods=["GET"]),
    Route("/admin/calendar/day", policy.ask_for_day, name="admin.calendar_day", methods=["GET"]),
    Route("/admin/calendar/day", policy.enter_day, name="admin.calendar_day", methods=["POST"]),
    Route("/admin/calendar/year", policy.ask_for_year, name="admin.calendar_year", methods=["GET"]),
    Route("/admin/calendar/year", policy.enter_year, name="admin.calendar_year", methods=["POST"]),
    Route("/admin/policy", policy.policy, name="admin.policy", methods=["GET"]),
    Route("/admin/policy/{policy_name}", policy.value, name="admin.policy_value", methods=["GET"]),
    Route("/admin/policy/{policy_name}", policy.enter_value, name="admin.policy_value", methods=["POST"]),
    Route("/admin/policy/statutory/{time_name}", policy.value, name="admin.statutory", methods=["GET"]),
    Route("/admin/policy/statutory/{time_name}", policy.enter_value, name="admin.statutory", methods=["POST"]),
    Route("/admin/audit", law.audit, name="admin.audit", methods=["GET"]),
    Route("/law", law.index, name="law.index", methods=["GET"]),
    Route("/law/{citation_id}", law.article, name="law.article", methods=["GET"]),
]

SUBJECTS: Mapping[str, Loader] = {"school_id": lists.subject, "import_id": importing.subject}

NOTICES: Mapping[str, str] = {
    "district-added": "已增加。现在可以为它开通账户。",
    "district-changed": "已保存。以后的文书用新的内容，已发出的不变。",
    "school-added": "学校已加入名单。",
    "school-changed": "学校信息已保存。",
    "school-closed": "学校已停用，核对时不再用它。",
    "school-reopened": "学校已恢复。",
    "schools-imported": "名单已导入。",
    "calendar-changed": "日历已保存。未办结案件的期限正在重算，有变动的会通知双方。",
    "value-entered": "新数值已登记，到日子自动生效。",
}
