"""A complete, harmless application, invented: what the demo and the tests fill forms with.

ID numbers have an impossible birth year (1900) and a right check digit, so that they can be nobody's.
"""

from collections.abc import Mapping
from typing import Any

from stdnum.cn import ric


def id_number(serial: int, district: str = "500103") -> str:
    """An invented number with the right check digit; different for each serial below 100,000."""
    day, order = divmod(serial, 900)
    body = f"{district}1900{1 + day // 28 % 12:02d}{1 + day % 28:02d}{100 + order:03d}"
    return f"{body}{ric.calc_check_digit(body + '0')}"


def answers(district_name: str, name: str, serial: int = 0, *, district: str = "500103") -> dict[str, dict[str, Any]]:
    """Every section of an application for a new licence that passes each check a machine can make."""
    people = [id_number(serial * 8 + offset, district) for offset in range(8)]
    return {
        "institution": {
            "name": name, "purpose": "面向中小学生开展艺术体育类培训，培养兴趣。", "contact_name": "林秋",
            "contact_telephone": "023-63000000", "contact_address": f"{district_name}和平路 12 号",
            "accepts_electronic_service": "yes",
        },
        "organisers": {
            "organisers": [
                {"kind": "person", "name": "林秋", "id_number": people[0], "credit_code": "", "share": "100"},
            ],
            "is_run_by_school": "no",
        },
        "legal-representative": {"name": "林秋", "id_number": people[0], "telephone": "13800000000"},
        "principal": {"name": "江予", "id_number": people[1], "education": "本科", "teaching_years": "9"},
        "premises": {
            "address": f"{district_name}和平路 12 号 3 楼", "floor": "3 楼", "floors": "1", "floor_area_m2": "360",
            "capacity": "70", "use": "commercial", "tenure": "leased", "lease_from": "2026-01-01",
            "lease_to": "2032-12-31",
            "rooms": [{"name": f"A10{number}", "area_m2": "62.5"} for number in range(1, 5)],
        },
        "programmes": {
            "programmes": [{"subject": "art", "stage": "primary"}, {"subject": "dance", "stage": "junior"}],
        },
        "capital": {"amount_yuan": "600000", "proof": "银行存款证明"},
        "board": {
            "members": [
                {"name": member, "position": "成员", "teaching_years": years}
                for member, years in (("林秋", "6"), ("江予", "9"), ("苏禾", "3"), ("程越", "0"), ("唐果", "7"))
            ],
            "is_chair_resident_citizen": "yes", "charter_is_complete": "yes",
        },
        "teachers": {
            "teachers": [
                {
                    "name": teacher, "nationality": "中国", "id_number": people[2 + order], "subject": subject,
                    "stage": stage, "certificate_number": "", "contract_from": "2026-01-01",
                    "contract_to": "2029-12-31",
                }
                for order, (teacher, subject, stage) in enumerate(
                    (("顾青", "art", "primary"), ("叶舟", "dance", "junior"), ("石岚", "art", "primary"))
                )
            ],
        },
    }  # fmt: skip


def changed(whole: Mapping[str, Mapping[str, Any]], section: str, **changes: Any) -> dict[str, dict[str, Any]]:
    """The same application with some answers of a section changed."""
    return {name: {**content, **changes} if name == section else dict(content) for name, content in whole.items()}
