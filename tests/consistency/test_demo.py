"""The command itself, on the demo's data: many histories told through the real use cases contradict nothing."""

import os
import subprocess
import sys

from portal.base.settings import ROOT


def portal(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own."""
    environment = {**os.environ, "PORTAL_DEMO": "1"}
    command = [sys.executable, "-m", "portal", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_fresh_demo_is_sound_and_its_waiting_jobs_are_named(own_database: str) -> None:
    assert portal("demo", "--institutions", "20").returncode == 0
    found = portal("verify")
    assert found.returncode == 0, found.stdout
    assert "✗" not in found.stdout
    assert "待办工作 document.issue" in found.stdout
