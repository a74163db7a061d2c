"""`make bench`: runs every benchmark in a process of its own, prints each figure and writes bench/results.json."""

import json
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
CALL = "import importlib, json, sys; print('RESULT ' + json.dumps(importlib.import_module(sys.argv[1]).run()))"


def names() -> list[str]:
    """The benchmarks: every module beside this one that has `run`."""
    return sorted(path.stem for path in HERE.glob("*.py") if "def run(" in path.read_text() and path.stem[0] != "_")


def figures(name: str) -> dict[str, float]:
    """Run one benchmark; what it prints besides its result goes to the terminal."""
    done = subprocess.run(
        [sys.executable, "-c", CALL, f"bench.{name}"], cwd=HERE.parent, stdout=subprocess.PIPE, text=True, check=False
    )
    lines = done.stdout.splitlines()
    results = [line for line in lines if line.startswith("RESULT ")]
    for line in lines:
        if not line.startswith("RESULT "):
            print(f"  {line}")
    if done.returncode or not results:
        print(f"{name}: not measured (exit {done.returncode})")
        return {}
    return json.loads(results[-1].removeprefix("RESULT "))


def main() -> int:
    """Measure what is asked for, or everything."""
    wanted = sys.argv[1:] or names()
    whole = {name: figures(name) for name in wanted}
    for name, found in whole.items():
        for key, value in found.items():
            print(f"{name:14} {key:40} {value:.3g}")
    about = {"measured": datetime.now(UTC).isoformat(timespec="seconds"), "machine": platform.platform()}
    (HERE / "results.json").write_text(json.dumps({**about, "figures": whole}, indent=1, ensure_ascii=False) + "\n")
    return 0 if all(whole.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
