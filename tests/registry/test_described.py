"""The running portal answers every question that its own description allows, and answers as described."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi.checks import RejectedPositiveData

from tests.running import RunningPortal

# A district must be one of the city's, a cursor one that we wrote: no schema can say that.
NOT_SAID = RejectedPositiveData


@pytest.mark.parametrize(
    ("route", "mode"),
    [("/registry$", GenerationMode.POSITIVE), ("/registry$", GenerationMode.NEGATIVE),
     ("/registry/", GenerationMode.POSITIVE), ("/verify/", GenerationMode.POSITIVE)],
)  # fmt: skip
def test_every_answer_has_the_described_form(portal: RunningPortal, route: str, mode: GenerationMode) -> None:
    described = schemathesis.openapi.from_url(f"{portal.url}/api/v1/openapi.json").include(path_regex=route)
    [operation] = [one.ok() for one in described.get_all_operations()]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=20, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    def ask(case: schemathesis.Case) -> None:
        try:
            case.call_and_validate()
        except* NOT_SAID:
            pass
        except* AcceptedNegativeData:
            if not is_left_aside(case):
                raise

    ask()


def is_left_aside(case: schemathesis.Case) -> bool:
    """A parameter without a value counts as not given, and of two of one name the last: no schema can say that."""
    return any(value in ("", None, []) or isinstance(value, list | dict) for value in (case.query or {}).values())
