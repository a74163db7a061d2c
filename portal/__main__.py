"""`python -m portal`: the commands. Modules are imported when their command is called, so that each starts fast."""

import io
import os
import sys
import traceback
from pathlib import Path

import click

from portal.commands.lazy import LazyGroup
from portal.kernel.errors import PortalError

COMMANDS = {
    "audit": "portal.commands.audit:audit",
    "certificate": "portal.commands.certificate:certificate",
    "check": "portal.commands.check:check",
    "deadline": "portal.commands.deadline:deadline",
    "demo": "portal.commands.demo:demo",
    "draw": "portal.commands.draw:draw",
    "keys": "portal.commands.keys:keys",
    "migrate": "portal.commands.migrate:migrate",
    "serve": "portal.commands.serve:serve",
    "up": "portal.commands.up:up",
    "user": "portal.commands.user:user",
    "verify": "portal.commands.verify:verify",
    "worker": "portal.commands.worker:worker",
}


FAILED = 3
UNREAD = "结果没有写完：接收输出的程序已经结束"


@click.group(cls=LazyGroup, modules=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Print the traceback of an unexpected failure.")
def portal(debug: bool) -> None:
    """Licensing and registry of off-campus training institutions."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code: 0 judged, 1 does not hold, 2 bad input or use, 3 any other failure."""
    arguments = sys.argv[1:] if arguments is None else arguments
    debug = "--debug" in arguments
    if sys.stderr is None:  # what is said there must not land among the results
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 stays open to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    return delivered(run([argument for argument in arguments if argument != "--debug"], debug=debug))


def run(arguments: list[str], *, debug: bool) -> int:
    """Run one command and say in one line what went wrong."""
    output = sys.stdout
    try:
        code = portal.main(arguments, prog_name="python -m portal", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.ClickException as error:
        print(wrong_use(error), file=sys.stderr)
        return 2
    except click.Abort:
        return 130
    except PortalError as error:
        print(one_line(error.message), file=sys.stderr)
        return 2
    except SystemExit:  # click wraps what nobody reads any more and leaves with 1, which would say "does not hold"
        if sys.stdout is output:
            raise
        sys.stdout = output
        print(UNREAD, file=sys.stderr)
        return FAILED
    except Exception as error:  # noqa: BLE001 the last line of defence: one line for people, the traceback on request
        if debug:
            traceback.print_exc()
        else:
            print(f"{type(error).__name__}: {one_line(str(error))}", file=sys.stderr)
        return FAILED
    return code if isinstance(code, int) else 0


def delivered(code: int) -> int:
    """Give the exit code once what was printed has arrived; results that nobody can read are a failure."""
    if sys.stdout is None:
        return code
    try:
        sys.stdout.flush()
    except OSError as error:
        if code != FAILED:
            print(UNREAD if isinstance(error, BrokenPipeError) else one_line(str(error)), file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains once more at its end
        return FAILED
    return code


def wrong_use(error: click.ClickException) -> str:
    """Say in one line which command was used wrongly, how, and where its use is explained."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "python -m portal"
    return f"{command}: {one_line(error.format_message())} ({command} --help)"


def one_line(message: str) -> str:
    """Fold a message into one line, so that a script can read it."""
    return " ".join(message.split())


if __name__ == "__main__":
    sys.exit(main())
