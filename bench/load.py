"""Asks a web server over HTTP, beside it and never inside it: as fast as it answers, or at a steady rate.

As a program (`python -m bench.load PORT RATE SECONDS`, addresses on standard input) it asks at the rate whatever the
server does, and writes each answer's time in ms, counted from the moment when it was due. Every question comes from
another visitor: what stands before the portal would say so in the same header.
"""

import asyncio
import json
import sys
from time import perf_counter

CONNECTIONS = 20


async def speed(port: int, paths: list[str], seconds: float) -> float:
    """Ask over twenty connections, each its next question when it has its answer; give answers a second."""
    until = perf_counter() + seconds
    counts = await asyncio.gather(
        *(_in_turn(port, paths[start::CONNECTIONS] or paths, until) for start in range(CONNECTIONS))
    )
    return sum(counts) / seconds


async def _in_turn(port: int, paths: list[str], until: float) -> int:
    connection = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    while perf_counter() < until:
        await _ask(connection, port, paths[count % len(paths)], count)
        count += 1
    connection[1].close()
    return count


async def steadily(port: int, paths: list[str], rate: float, seconds: float) -> list[float]:
    """Ask so many times a second; give the time of each answer in ms, waiting for its turn included."""
    idle: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        idle.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    times: list[float] = []

    async def one(number: int, due: float) -> None:
        connection = await idle.get()
        await _ask(connection, port, paths[number % len(paths)], number)
        times.append(1_000 * (perf_counter() - due))
        idle.put_nowait(connection)

    start = perf_counter()
    async with asyncio.TaskGroup() as asking:
        for number in range(int(rate * seconds)):
            due = start + number / rate
            await asyncio.sleep(max(0.0, due - perf_counter()))
            asking.create_task(one(number, due))
    return times


async def _ask(
    connection: tuple[asyncio.StreamReader, asyncio.StreamWriter], port: int, path: str, number: int
) -> None:
    reader, writer = connection
    visitor = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Forwarded-For: {visitor}\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    await reader.readexactly(int(length.split(b":")[1]))


if __name__ == "__main__":
    port, rate, seconds = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    print(json.dumps(asyncio.run(steadily(port, sys.stdin.read().split(), rate, seconds))))
