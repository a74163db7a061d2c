"""The public checks answer whatever is posted to them as their description says: never with a failure."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.openapi.checks import RejectedPositiveData

from tests.running import RunningPortal

# An id used twice, an end before its start, a room that isn't listed: no schema can say that.
NOT_SAID = RejectedPositiveData


@pytest.mark.parametrize("route", ["/checks/schedule", "/checks/advertisement"])
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
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

    ask()
