"""Free windows of a day: where a meeting of some length still fits."""

from portal.schedules.busy import DAY, minutes

EARLIEST = 8 * 60  # nobody is helped by a lawful lesson at four in the morning


def window(length: int, taken: int, *, latest_end: int, near: int) -> int | None:
    """Give the start of the free window next after `near` that ends in time; else the nearest one before it."""
    free = minutes(EARLIEST, min(latest_end, DAY)) & ~taken if latest_end > EARLIEST else 0
    starts = _starts(free, length)
    later = starts >> (near + 1)
    if later:
        return near + (later & -later).bit_length()
    earlier = starts & ((1 << near) - 1)
    return earlier.bit_length() - 1 if earlier else None


def _starts(free: int, length: int) -> int:
    """Give every minute from which `length` free minutes follow."""
    covered = 1
    while covered < length and free:
        step = min(covered, length - covered)
        free &= free >> step
        covered += step
    return free
