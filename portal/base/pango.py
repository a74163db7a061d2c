"""The system libraries that set text in PDFs: the machine's own, or those that `make setup` unpacked into .venv.

Call `load()` before `import weasyprint`: the loader of C libraries then finds by name what is already in the process,
so no LD_LIBRARY_PATH is needed. `python -m portal.base.pango` tells by its exit code whether documents can be made.
"""

import ctypes
import os
import sys
from pathlib import Path

UNPACKED = Path(sys.prefix) / "debian"
NEEDED = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
INSTALL = "apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def load() -> bool:
    """Bring the libraries into this process; false where there are none, and documents wait."""
    if sys.platform != "linux":
        return True  # elsewhere WeasyPrint looks for them itself
    if all(can_load(name) for name in NEEDED):
        return True
    load_unpacked()
    settings_of_fonts = UNPACKED / "etc/fonts"
    if settings_of_fonts.exists() and not Path("/etc/fonts/fonts.conf").exists():
        os.environ.setdefault("FONTCONFIG_PATH", str(settings_of_fonts))
    return all(can_load(name) for name in NEEDED)


def load_unpacked() -> None:
    """Load every unpacked library whose own needs are met, until nothing new can be loaded."""
    waiting = [file for file in sorted(UNPACKED.glob("**/*.so.*")) if file.is_file()]
    while waiting:
        refused = [file for file in waiting if not can_load(str(file))]
        if len(refused) == len(waiting):
            return
        waiting = refused


def can_load(name: str) -> bool:
    """Tell whether a library is in the process now."""
    try:
        ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(0 if load() else 1)
