"""The files for production know every setting that an operator may need."""

import os
import re
import shutil
import subprocess

import pytest
import yaml

from portal.__main__ import COMMANDS
from portal.base import starting
from portal.base.settings import NAMES, ROOT, read
from portal.kernel.errors import PortalError

DEPLOY = ROOT / "deploy"

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


def test_a_bucket_in_another_place_reaches_the_containers():
    compose = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text(encoding="utf-8"))
    for service in ("migrate", "web", "worker"):
        assert {"AWS_ENDPOINT", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} <= set(
            compose["services"][service]["environment"]
        )


def settings_of_the_example() -> dict[str, str]:
    lines = (DEPLOY / "portal.env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_settings_example_starts_once_its_passwords_are_set(tmp_path):
    given = {name: value.replace("CHANGE-ME", "4vN8Zq1L") for name, value in settings_of_the_example().items()}
    of = read({**given, "PORTAL_DATA": str(tmp_path), "PORTAL_OWN_AUTHORITY": "1"})
    starting.refuse_unfit_settings(of)
    starting.refuse_missing_engines(of)
    starting.refuse_unnamed_proxy(of, is_at_socket=False)


def test_the_settings_example_itself_is_refused(tmp_path):
    with pytest.raises(PortalError, match="DATABASE_URL still has"):
        starting.refuse_unfit_settings(read({**settings_of_the_example(), "PORTAL_DATA": str(tmp_path)}))


def test_run_gives_a_command_the_settings_as_they_stand(tmp_path):
    """No shell reads a value: a password may hold what a shell would act on."""
    (tmp_path / "deploy").mkdir()
    (tmp_path / ".venv/bin").mkdir(parents=True)
    shutil.copy(DEPLOY / "run.sh", tmp_path / "deploy")
    said = tmp_path / ".venv/bin/python"
    said.write_text('#!/bin/sh\nprintf "%s|%s|%s" "$DATABASE_URL" "$BASE_URL" "$*"\n', encoding="utf-8")
    said.chmod(0o755)
    odd = "postgres://portal:a$HOME`id`&;'\"x=y@db/portal"
    (tmp_path / "portal.env").write_text(
        f"# a word\n\nDATABASE_URL={odd}\nBASE_URL=https://portal.example", encoding="utf-8"
    )
    stand_in = tmp_path / "setpriv"  # becoming another user is root's matter; what is handed on is ours
    stand_in.write_text('#!/bin/sh\nwhile [ "$1" != .venv/bin/python ]; do shift; done\nexec "$@"\n', encoding="utf-8")
    stand_in.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PORTAL_SETTINGS": str(tmp_path / "portal.env")}
    done = subprocess.run(
        [str(tmp_path / "deploy/run.sh"), "user", "add"], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{odd}|https://portal.example|-m portal user add"


def test_nginx_hands_on_the_whole_name_and_writes_the_address_itself():
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert "proxy_set_header Host $http_host;" in text, "without its port a form comes from elsewhere"
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert "proxy_add_x_forwarded_for" not in text
    assert "ssl_reject_handshake on;" in text
    for place in text.split("location ")[1:]:  # nginx forgets inherited headers where a place sets one of its own
        assert "proxy_set_header" not in place


def test_each_page_that_nginx_answers_with_is_there():
    named = re.findall(r"/([a-z-]+\.html);", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))
    assert sorted(set(named)) == sorted(page.name for page in (DEPLOY / "pages").iterdir())


@pytest.mark.parametrize("unit", ["portal-web.service", "portal-worker@.service"])
def test_a_unit_runs_a_command_that_there_is_and_lets_its_children_leave_the_network(unit):
    text = (DEPLOY / unit).read_text(encoding="utf-8")
    for command in re.findall(r"-m portal (\w+)", text):
        assert command in COMMANDS
    assert "RestrictNamespaces=user net" in text
    assert "RestartPreventExitStatus=2" in text
    assert "StartLimitIntervalSec=0" in text, "an engine may be away for longer than five quick tries"


def test_a_build_sees_what_it_copies_and_nothing_else():
    copied = re.findall(r"^COPY (\S+)", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in lines
    assert sorted(line[1:] for line in lines if line.startswith("!")) == sorted(copied)
