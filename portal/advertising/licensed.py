"""What an advertisement names beyond the licence: subjects and stages, to be compared by a person; never a finding."""

import re
from collections.abc import Iterator, Mapping, Sequence

from portal.advertising.rules import Note
from portal.kernel.programmes import ACADEMIC, NON_ACADEMIC, STAGES

SUBJECTS = {words: code for code, words in [*ACADEMIC.items(), *NON_ACADEMIC.items()]} | {
    "道德与法治": "politics", "政治": "politics", "围棋": "chess", "象棋": "chess", "科学": "science",
}  # fmt: skip
STAGE_WORDS = {words: code for code, words in STAGES.items()} | {"学龄前": "preschool", "幼儿": "preschool"}
NAMED = re.compile(
    f"(?P<stage>{'|'.join(sorted(STAGE_WORDS, key=len, reverse=True))})?"
    f"(?P<subject>{'|'.join(sorted(map(re.escape, SUBJECTS), key=len, reverse=True))})"
)


def notes(text: str, programmes: Sequence[Mapping[str, str]]) -> Iterator[Note]:
    """Name each subject that the licence doesn't have, or not for the stage beside it; the first mention of each."""
    licensed = {(each["subject"], each["stage"]) for each in programmes}
    words = {each["subject"] for each in programmes}
    told: set[str] = set()
    for found in NAMED.finditer(text):
        subject, stage = found["subject"], found["stage"]
        own = {SUBJECTS[subject], subject}
        is_licensed = bool(own & words) if stage is None else any((one, STAGE_WORDS[stage]) in licensed for one in own)
        if is_licensed or found[0] in told:
            continue
        told.add(found[0])
        message = f"提到“{found[0]}”，许可证上没有这个项目。核对许可证，没有许可的不要宣传"
        yield {"kind": "outside-licence", "start": found.start(), "end": found.end(), "message": message}
