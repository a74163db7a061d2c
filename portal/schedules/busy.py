"""Who is busy when: the bookings of one teacher or room on one weekday, by minutes of the day and weeks.

A booking fills a rectangle of minutes × weeks; two clash where their rectangles overlap. Minutes are the bits of one
number, weeks a segment tree over them, so that each question costs about log(n) however many bookings there are:
a filing of 10,000 classes that all name one teacher is judged as quickly as any other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.schedules.days import Weeks

DAY = 24 * 60


def minutes(start: int, end: int) -> int:
    """Give the minutes from start to end (end excluded) as bits."""
    return (1 << end) - (1 << start)


@dataclass(frozen=True, slots=True)
class Booking:
    """A meeting as it occupies a teacher or a room: `key` is class id and meeting index."""

    key: tuple[str, int]
    name: str
    start: int
    end: int
    weeks: Weeks

    @property
    def mask(self) -> int:
        """Give the minutes that it occupies."""
        return minutes(self.start, self.end)


class _Node:
    """A stretch of weeks: what is booked for exactly all of it (`here`), and what is booked in it or a part of it."""

    __slots__ = ("firsts", "here", "here_once", "here_twice", "once", "seconds", "twice")

    def __init__(self) -> None:
        self.here: list[Booking] = []
        self.here_once = self.here_twice = self.once = self.twice = 0
        self.firsts: list[tuple[int, Booking]] = []
        self.seconds: list[tuple[int, Booking]] = []


class Busy:
    """The bookings of one teacher or room on one weekday."""

    __slots__ = ("_leaves", "_nodes", "_place")

    def __init__(self, bookings: Sequence[Booking]) -> None:
        cuts = sorted({week for booking in bookings for week in (booking.weeks[0], booking.weeks[1] + 1)})
        self._place = {week: place for place, week in enumerate(cuts)}
        self._leaves = 1 << max(len(cuts) - 2, 0).bit_length()
        self._nodes: dict[int, _Node] = {}
        for booking in bookings:
            self._add(booking)

    def others(self, booking: Booking) -> int:
        """Give the minutes in which others occupy the teacher or room on a date on which the booking meets too."""
        own = booking.mask
        found = 0
        for node, is_whole in self._touching(booking):
            found |= node.twice | (node.once & ~own) if is_whole else node.here_once
        return found

    def partner(self, booking: Booking) -> Booking | None:
        """Give one other booking that overlaps this one in minutes and weeks, or nothing where there is none."""
        own = booking.mask
        for number, is_whole in self._numbers(booking):
            node = self._nodes.get(number)
            if node is None:
                continue
            if not is_whole:
                overlap = node.here_once & own
            elif overlap := node.here_twice & own:
                pass
            elif below := self._below(number, own):
                node = below
                overlap = node.here_once & own
            if overlap:
                return _holder(node, overlap, booking)
        return None

    def _below(self, number: int, own: int) -> _Node | None:
        """Walk down to a part of the stretch that has a booking of its own in these minutes."""
        for child in (2 * number, 2 * number + 1):
            node = self._nodes.get(child)
            if node is not None and node.once & own:
                return node if node.here_once & own else self._below(child, own)
        return None

    def _add(self, booking: Booking) -> None:
        mask = booking.mask
        for number in self._whole(booking.weeks):
            node = self._nodes.setdefault(number, _Node())
            node.here.append(booking)
            node.here_twice |= node.here_once & mask
            node.here_once |= mask
            for upwards in range(number.bit_length()):
                node = self._nodes.setdefault(number >> upwards, _Node())
                node.twice |= node.once & mask
                node.once |= mask

    def _whole(self, weeks: Weeks) -> list[int]:
        """Give the fewest nodes that make up the weeks exactly."""
        left = self._place[weeks[0]] + self._leaves
        right = self._place[weeks[1] + 1] + self._leaves
        found = []
        while left < right:
            if left & 1:
                found.append(left)
                left += 1
            if right & 1:
                right -= 1
                found.append(right)
            left >>= 1
            right >>= 1
        return found

    def _numbers(self, booking: Booking) -> Iterator[tuple[int, bool]]:
        """Give every node that touches the booking's weeks: those that make them up, and the wider ones above."""
        whole = self._whole(booking.weeks)
        above: set[int] = set()
        for number in whole:
            yield number, True
            parent = number >> 1
            while parent and parent not in above:
                above.add(parent)
                yield parent, False
                parent >>= 1

    def _touching(self, booking: Booking) -> Iterator[tuple[_Node, bool]]:
        for number, is_whole in self._numbers(booking):
            node = self._nodes.get(number)
            if node is not None:
                yield node, is_whole


def _holder(node: _Node, overlap: int, other_than: Booking) -> Booking:
    """Give the booking that holds the first minute of the overlap, other than the one that asks."""
    if not node.firsts:
        _index(node)
    minute = overlap & -overlap
    found = next(booking for mask, booking in node.firsts if mask & minute)
    if found.key != other_than.key:
        return found
    return next(booking for mask, booking in node.seconds if mask & minute)


def _index(node: _Node) -> None:
    """Note who holds each minute first, and who second; there are at most as many holders as minutes."""
    once = twice = 0
    for booking in node.here:
        mask = booking.mask
        for holders, fresh in ((node.firsts, mask & ~once), (node.seconds, mask & once & ~twice)):
            if fresh:
                holders.append((fresh, booking))
        twice |= once & mask
        once |= mask
