"""Which reader reads which file, and what to say when nobody can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from followmoney.errors import InputError, SettingsError, unknown
from followmoney.readers._catalogue import Reader, catalogue
from followmoney.readers._cells import header
from followmoney.readers._found import File
from followmoney.readers._layout import Layout
from followmoney.readers._specification import Specification, is_specification, specification
from followmoney.readers._specified import ROWS, Specified
from followmoney.readers._unread import UNKNOWN, Why, why
from followmoney.schema.sentence import in_number

_SHOWN = 20  # names in one sentence
_FEW = 5
_TELLING = 2  # columns that a format must need more of, or any file comes near to it
_FAR = 0.6  # more than this share of the columns is missing: not worth naming


def share(files: Sequence[File], given: Path | None) -> tuple[list[tuple[Reader, list[File]]], list[File]]:
    """Readers with the files they read, and the files nobody reads. Specifications beside the files come first."""
    specs = [file for file in files if file.suffix == ".toml" and is_specification(file.path)]
    if given is not None:
        specs = [File(given.name, given)]
    damaged = [file for file in files if file.damaged]
    left = [file for file in files if file not in specs and not file.damaged]
    shares: list[tuple[Reader, list[File]]] = []
    for reader in [*(Specified(specification(spec.path)) for spec in specs), *catalogue().values()]:
        claimed = reader.claim(left)
        if claimed:
            shares.append((reader, list(claimed)))
            left = [file for file in left if file not in claimed]
    if given is not None and not any(isinstance(reader, Specified) and not reader.known for reader, _ in shares):
        raise _unused(specification(given), given.name, files)
    return shares, sorted([*left, *damaged])


def _unused(spec: Specification, name: str, files: Sequence[File]) -> SettingsError:
    """The error for a specification that fits no file: the names it wants, or the column that is not there."""
    patterns = sorted({pattern for part in spec.tables for pattern in part.files})
    if patterns:
        return SettingsError(f"{name} reads files named {', '.join(patterns)}; none was found.")
    for file in files:
        for part in spec.tables:
            there = header(file.path, part.layout) if file.suffix in ROWS else ()
            missing = [column for column in part.needs() if column not in there]
            if there and missing:
                return SettingsError(f"{name} fits no file. {file.name}: {unknown('column', missing[0], there)}")
    return SettingsError(f"{name} fits no file: there are no CSV, XLSX or Parquet files.")


def not_read(left: Sequence[File], strange: Sequence[str]) -> list[str]:
    """One sentence for the files nobody read, with the reason; what may be evidence stands first."""
    told, unknowns = _reasons(left)
    each = [f"{file.name} ({reason.short})" for file, reason in told]
    each += [f"{name} (is not a file)" for name in strange]
    shown, names = each[:_SHOWN], unknowns[: max(_SHOWN - len(each), 0)]
    if names:
        shown.append(f"{', '.join(names)} (nobody knows {'its' if len(names) == 1 else 'their'} format)")
    rest = len(each) + len(unknowns) - min(len(each), _SHOWN) - len(names)
    more = [in_number("{n:,} more [file|files]", rest).format(n=rest)] if rest else []
    return [f"Not read: {'; '.join([*shown, *more])}."] if shown else []


def _reasons(files: Sequence[File]) -> tuple[list[tuple[File, Why]], list[str]]:
    """Files of which it can be said why nobody reads them, and the names of the others."""
    found = [(file, why(file)) for file in files]
    told = [(file, reason) for file, reason in found if reason != UNKNOWN]
    return told, [file.name for file, reason in found if reason == UNKNOWN]


def nobody(paths: Sequence[Path], files: Sequence[File], strange: Sequence[str]) -> InputError:
    """The error when no reader reads any file: what was tried, what comes nearest, what to do next."""
    where = ", ".join(str(path) for path in paths[:3])
    told, unknowns = _reasons(files)
    reasons = " ".join(f"{file.name} {reason.told}. {reason.then}" for file, reason in told[:_FEW])
    reasons += f" And {len(told) - _FEW:,} more are like that." if len(told) > _FEW else ""
    reasons += "".join(f" {name} is not a file." for name in strange[:_FEW])
    if not unknowns and reasons:
        return InputError(reasons.strip())
    if not files:
        return InputError(f"{where} holds no files. Name the folder that holds Parquet, CSV or XLSX files.")
    readers = catalogue()
    found = f" {reasons.strip()}" if reasons else _broken(files)
    found = found or _nearest(files, readers) or _columns(files)
    return InputError(
        f"Nobody can read {where}{_listed(paths, files)}."
        f"{found} Without an import specification only these are read: {', '.join(readers)}; parquet are our own "
        "tables. So say what the columns mean: `followmoney explain specification > bank.toml` writes a file to start "
        "from; put the names of your columns into it, and name it with --specification bank.toml (in Python: "
        "specification=). In a folder that is read as a whole it is found."
    )


def _listed(paths: Sequence[Path], files: Sequence[File]) -> str:
    """The files in brackets, but where the paths are these files."""
    names = [file.name for file in files if file.path not in paths]
    return f" ({', '.join(names[:_FEW] + ['...'] * (len(names) > _FEW))})" if names else ""


def _columns(files: Sequence[File]) -> str:
    """How the first file with columns begins: another separator than a comma is seen in it."""
    for file in files:
        if file.suffix in ROWS and (there := header(file.path, Layout())):
            more = ",..." if len(there) > _SHOWN else ""
            return f" {file.name} begins: {','.join(there[:_SHOWN])}{more} - no format known here."
    return ""


def _broken(files: Sequence[File]) -> str:
    for file in files:
        if file.suffix in ROWS:
            try:
                header(file.path, Layout())
            except InputError as error:
                return f" {error}"
    return ""


def _nearest(files: Sequence[File], readers: Mapping[str, Reader]) -> str:
    """The file and the known table that share the largest part of their columns, and what is lacking."""
    found: list[tuple[float, str, str, int, list[str]]] = []
    for file in files:
        try:
            there = {c.casefold() for c in header(file.path, Layout())} if file.suffix in ROWS else set[str]()
        except InputError:
            continue
        for what, columns in ((w, c) for reader in readers.values() for w, c in reader.columns().items()):
            missing = [c for c in columns if c.casefold() not in there]
            if len(columns) <= _TELLING or not missing:  # many files have these; what fits whole is not read elsewise
                continue
            found.append((len(missing) / len(columns), file.name, what, len(columns), missing))
    if not found or min(found)[0] > _FAR:
        return ""
    _, name, what, needed, missing = min(found)
    lacks = f"; it lacks {', '.join(missing)}" if missing else ""
    return f" Nearest: {name} has {needed - len(missing)} of {needed} columns of {what}{lacks}."
