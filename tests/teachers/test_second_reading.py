"""The screening and its second reading agree on whatever tables chance makes, in any order of the rows."""

import io
import random

import pytest

from portal.policy import shipped
from portal.teachers.roster import Roster
from portal.teachers.screening import Screening
from portal.teachers.sheets import registered, services
from tests.factories.teachers import CHINESE, REGISTER_COLUMNS, ROSTER_COLUMNS, as_csv
from tests.teachers.random_tables import TODAY, a_register, a_roster
from tests.teachers.second_reading import second_reading


def agree(seed: int) -> int:
    """Judge one random pair of tables by both readings; give how many teachers there were."""
    chance = random.Random(seed)
    roster, register = a_roster(chance), a_register(chance)
    shuffled = chance.sample(roster, len(roster))
    headers = chance.choice([None, CHINESE])
    roster_text, register_text = as_csv(shuffled, ROSTER_COLUMNS, headers), as_csv(register, REGISTER_COLUMNS, headers)
    in_service = Roster(services(io.BytesIO(encoded(roster_text, chance))), TODAY)
    screening = Screening(in_service, shipped.policy(), TODAY)
    teachers = list(registered(io.BytesIO(encoded(register_text, chance))))
    for teacher, row in zip(teachers, register, strict=True):
        verdict, findings = screening.judge(teacher)
        assert (verdict, [one.rule for one in findings]) == second_reading(roster, row, TODAY), (seed, row)
    return len(teachers)


def encoded(text: str, chance: random.Random) -> bytes:
    """Encode a table in one of the ways; a few short texts in GB18030 happen to be UTF-8 too, and are read as such."""
    raw = text.encode(chance.choice(["utf-8", "utf-8-sig", "gb18030"]))
    try:
        return raw if raw.decode("utf-8-sig") == text else text.encode()
    except UnicodeDecodeError:
        return raw


@pytest.mark.parametrize("seed", range(300))
def test_both_readings_agree(seed: int) -> None:
    assert agree(seed)


@pytest.mark.long
@pytest.mark.parametrize("thousand", range(1, 21))
def test_both_readings_agree_on_twenty_thousand_tables(thousand: int) -> None:
    assert sum(agree(thousand * 1_000 + seed) for seed in range(1_000)) > 1_000
