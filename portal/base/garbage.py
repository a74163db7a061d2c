"""How often Python looks for garbage in the processes that serve and judge."""

import gc

OBJECTS_BETWEEN_LOOKS = 50_000
LOOKS_BETWEEN_DEEP_LOOKS = 20


def look_rarely() -> None:
    """Leave what was loaded at the start out of every look, and look seldom: call it once, when all is imported.

    A filing of thousands of classes, or a page of the registry, is all alive until it is answered. With Python's usual
    thresholds each look walks it again, and the time to judge a filing grows faster than the filing.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS, LOOKS_BETWEEN_DEEP_LOOKS, LOOKS_BETWEEN_DEEP_LOOKS)
