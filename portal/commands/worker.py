"""`portal worker`: the background workers, a process for each queue."""

import signal
import subprocess
import sys
import time

import click

QUEUES = {"quick": "Quick", "documents": "Documents"}


@click.command()
@click.argument("queue", type=click.Choice(sorted(QUEUES)), required=False)
def worker(queue: str | None) -> int:
    """Background worker: jobs, documents, clocks. Without QUEUE a process for each queue."""
    from portal.base.settings import read
    from portal.commands.starting import refuse_unfit_start

    refuse_unfit_start(read(), signs=queue != "quick")
    if queue is None:
        return run_every_queue()
    from arq.worker import run_worker

    from workers import settings

    run_worker(getattr(settings, QUEUES[queue]))
    return 0


def run_every_queue() -> int:
    """Run a process for each queue until one ends or we are told to; a service manager starts us again."""
    from portal.base.engines.children import die_with_parent

    told: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda given, _frame: told.append(given))
    running = [
        subprocess.Popen(  # noqa: S603 our own fixed command
            [sys.executable, "-m", "portal", "worker", queue],
            start_new_session=True,
            preexec_fn=lambda: die_with_parent(signal.SIGTERM),  # noqa: PLW1509 no thread runs here
        )
        for queue in QUEUES
    ]
    while not told and all(process.poll() is None for process in running):
        time.sleep(0.2)
    for process in running:
        process.terminate()
    for process in running:
        process.wait()
    return 0 if told else 3
