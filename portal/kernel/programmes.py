"""Subjects and stages: the codes that every interface uses, and the words people read."""

from collections.abc import Mapping
from types import MappingProxyType

ACADEMIC: Mapping[str, str] = MappingProxyType(
    {
        "chinese": "语文",
        "maths": "数学",
        "english": "英语",
        "physics": "物理",
        "chemistry": "化学",
        "biology": "生物",
        "politics": "道德与法治（政治）",
        "history": "历史",
        "geography": "地理",
    }
)
NON_ACADEMIC: Mapping[str, str] = MappingProxyType(
    {
        "art": "美术",
        "music": "音乐",
        "dance": "舞蹈",
        "calligraphy": "书法",
        "drama": "戏剧表演",
        "sport": "体育",
        "chess": "棋类",
        "science": "科学实验",
        "programming": "编程",
        "robotics": "机器人",
    }
)
STAGES: Mapping[str, str] = MappingProxyType(
    {"preschool": "学前", "primary": "小学", "junior": "初中", "senior": "高中"}
)
COMPULSORY = frozenset({"primary", "junior"})


def is_academic(subject: str) -> bool:
    """Tell whether a subject belongs to the school curriculum's nine; every other one is non-academic."""
    return subject in ACADEMIC


def subject_words(subject: str) -> str:
    """The Chinese words of a subject's code; a subject without a code is its own word."""
    return ACADEMIC.get(subject) or NON_ACADEMIC.get(subject) or subject


def category(subject: str) -> str:
    """The category of a subject as the registry names it."""
    return "academic" if is_academic(subject) else "non-academic"
