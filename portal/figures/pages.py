"""Every rule of the portal, for everybody."""

from starlette.requests import Request
from starlette.responses import Response

from portal.advertising import service as advertising
from portal.base import clock
from portal.base.web import page
from portal.districts import service as districts
from portal.figures import present
from portal.licensing.service import questions as licensing
from portal.schedules import service as schedules
from portal.teachers import service as teachers


async def rules(request: Request) -> Response:
    """List every rule by what it is about; the values are those of the city today."""
    policy, today = await districts.policy(), clock.today()
    groups = [
        present.Group("classes", "课程安排", present.of_rules(schedules.every_rule(), policy, today)),
        present.Group("teachers", "教师聘用", present.of_rules(teachers.every_rule(), policy, today)),
        present.Group("licences", "办学许可", present.of_rules(licensing.every_rule(), policy, today)),
        present.Group("advertisements", "通告广告", present.of_categories(advertising.categories(), policy, today)),
    ]
    sections = [(group.id, group.words) for group in groups]
    return page(request, "rules/list.html", groups=groups, sections=sections, today=today)
