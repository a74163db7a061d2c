"""The files for production know every setting that an operator may need."""

import pytest
import yaml

from portal.base.settings import NAMES, ROOT

OF_THE_IMAGE = {"PORTAL_DATA", "PORT"}
NEVER_IN_PRODUCTION = {"PORTAL_DEMO"}


@pytest.mark.parametrize("name", sorted(set(NAMES.values()) - OF_THE_IMAGE - NEVER_IN_PRODUCTION))
def test_each_setting_reaches_the_containers(name):
    compose = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text(encoding="utf-8"))
    for service in ("migrate", "web", "worker"):
        assert name in compose["services"][service]["environment"]


def test_the_settings_example_names_only_settings_that_there_are():
    lines = (ROOT / "deploy/portal.env.example").read_text(encoding="utf-8").splitlines()
    given = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    assert given <= set(NAMES.values())
