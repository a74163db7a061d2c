"""Too many tries are refused, whoever counts: the queue's store, or the process while that is away."""

import pytest

from portal.base.rates import Rates, place_of
from portal.kernel.errors import TooMany

LIMITS = {"log-in": "2/minute"}


async def spend(rates: Rates) -> None:
    await rates.take("log-in", "10.0.0.1")
    await rates.take("log-in", "10.0.0.1")
    await rates.take("log-in", "10.0.0.2")
    with pytest.raises(TooMany) as refused:
        await rates.take("log-in", "10.0.0.1")
    assert 0 < refused.value.retry_after <= 60


async def test_the_third_try_of_two_is_refused():
    await spend(Rates("", b"secret", LIMITS))


async def test_a_store_that_is_away_stops_nobody_and_opens_nothing():
    rates = Rates("redis://127.0.0.1:1/0", b"secret", LIMITS)
    await spend(rates)
    await rates.close()


async def test_the_shared_store_counts_for_every_process(queue, environment):
    from portal.base.settings import settings

    url = settings().redis_url
    first, second = (Rates(url, b"secret", LIMITS) for _ in range(2))
    await first.take("log-in", "10.0.0.1")
    await second.take("log-in", "10.0.0.1")
    with pytest.raises(TooMany):
        await first.take("log-in", "10.0.0.1")
    await first.close()
    await second.close()


def test_who_tried_is_kept_as_a_keyed_hash():
    assert "10.0.0.1" not in Rates("", b"secret", LIMITS).hidden("log-in", "10.0.0.1")


@pytest.mark.parametrize(
    ("host", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_who_has_a_whole_network_of_addresses_is_counted_as_one(host, place):
    assert place_of(host) == place
