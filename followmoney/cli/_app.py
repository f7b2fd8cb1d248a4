"""The application: its commands by name, loaded when called, and what becomes of an error."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from typing import Any

from cyclopts import App, CycloptsError

from followmoney._version import __version__
from followmoney.cli._terminal import console, plain, writable
from followmoney.errors import FollowmoneyError

COMMANDS = {
    "demo": "The whole way on the sample case, into ./harbour-case.",
    "check": "Read files and say what was taken, what was refused, and by which rule.",
    "run": "Check, detect, cluster, trace, case, report; started again, it goes on where it stopped.",
    "detect": "Find laundering patterns, each with the transactions that show it.",
    "features": "Count what every transaction or account takes part in, to train a model on.",
    "cluster": "Find networks: accounts that move money mostly among themselves.",
    "trace": "Follow claimed money and say where it is now.",
    "freeze": "Say what freezing accounts on a day would have kept.",
    "cut": "Say whom to freeze so that claimed money does not get out.",
    "document": "Say which missing document would narrow most where the claim can be.",
    "case": "Say what can be frozen: accounts and assets that hold claimed money, rule by rule.",
    "owners": "Say who owns or controls each company in the end.",
    "unexplained": "Say how much of what a party had or spent no lawful source explains, as a range.",
    "resolve": "Say which parties are the same, which may be, and why; what a person decided is kept.",
    "note": "Write down what an analyst decided in a case, with who, when and why; entries are added, never changed.",
    "compare": "Say what changed between two cases, or in one since a day: what is new, gone and changed.",
    "report": "Write the report of a case.",
    "seal": "Seal a run or a report: a folder that `sha256sum -c` checks and anybody can recompute.",
    "verify": "Verify that nothing in a run, a report or a sealed folder was changed, and that its figures add up.",
    "replay": "Replay a run from its sources and say whether every figure and every byte is the same.",
    "export": "Write the ledger, or what was found in it, in the format of another tool.",
    "redact": "Write a copy of the ledger for sharing: pseudonyms for identifiers and names, no free texts.",
    "explain": "Explain a pattern, a tracing rule, the settings, assertions, or one finding of a run.",
    "patterns": "List the patterns.",
    "rules": "List the tracing rules.",
    "schema": "Show the tables, their columns, units and names in other standards.",
    "selftest": "Compute worked examples with known answers and compare.",
}
"""Every command, with its sentence; `followmoney --help` shows these without loading the commands."""

_EPILOGUE = (
    "A table on a terminal, JSON Lines when piped. Exit codes: 0 done, 1 findings (only with --fail-on), 2 wrong call "
    "or settings, or a file that cannot be read (a journal whose chain is broken, too), 3 more rows refused than "
    "allowed, 4 totals do not reconcile or are too large to be exact, or something is not what was sealed or written "
    "down (verify, replay, note --head), 70 internal error, 130 interrupted."
)
_AGAIN = "; the run goes on where it stopped when it is started again."


def build(asked: str = "") -> App:
    """The application with its commands; the one that is asked for explains itself in full, the others by sentence."""
    app = App(
        name="followmoney",
        version=__version__,
        help="Follow the money: transactions and registries in; patterns, networks, traces, what can be frozen, out.",
        help_format="markdown",
        help_epilogue=_EPILOGUE,
        console=console(),
        error_console=console(error=True),
        result_action="return_value",
        suppress_keyboard_interrupt=False,  # it is ours to say what becomes of a run
    )
    for name, sentence in COMMANDS.items():
        app.command(f"followmoney.cli.{name}:{name}", name=name, help=None if name == asked else sentence)
    app.register_install_completion_command()  # pyright: ignore[reportUnknownMemberType]
    return app


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; every error becomes one line on stderr and its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    writable()
    if "--traceback" in given:
        return _call(given)
    try:
        return _call(given)
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 - a user never sees a traceback unasked; a panic of polars is no Exception
        sentence, code = ended(error, given[0] if given else "")
        sys.stderr.write(f"followmoney: {' '.join(plain(sentence).split())}\n")
        return code


def ended(error: BaseException, command: str = "") -> tuple[str, int]:
    """What an error of a command means for the person who called, and the exit code."""
    kind = type(error).__name__
    again = _AGAIN if command == "run" else "."
    if _full(error):
        return f"the disk is full: nothing half written was kept; free some space and try again{again}", 2
    ends: list[tuple[type[BaseException], str, int]] = [
        (FollowmoneyError, str(error), getattr(error, "exit_code", 2)),
        (CycloptsError, str(error), 2),
        (KeyboardInterrupt, f"interrupted{again}", 130),
        (MemoryError, "not enough memory; take a shorter period or fewer files.", 2),
        (OSError, f"{_place(error)}{getattr(error, 'strerror', None) or error}.", 2),
    ]
    unknown = (f"internal error ({kind}: {error}); please report it. For details, rerun with --traceback.", 70)
    return next(((sentence, code) for wanted, sentence, code in ends if isinstance(error, wanted)), unknown)


def _full(error: BaseException) -> bool:
    """Whether it is for want of space, as Python says it or as a library does that is none of Python."""
    said = f"os error {errno.ENOSPC})"
    return (isinstance(error, OSError) and error.errno == errno.ENOSPC) or said in str(error)


def _place(error: BaseException) -> str:
    name = getattr(error, "filename", None)
    return f"{name}: " if name else ""


def _call(given: list[str]) -> int:
    result: Any = build(given[0] if given else "")(given, exit_on_error=False, print_error=False)
    sys.stdout.flush()
    return result if isinstance(result, int) else 0
