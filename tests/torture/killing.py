"""A program of its own that is killed (SIGKILL) again and again in the middle of its work, and looks what is left.

    killing.py FLOW COUNT FOLDER SEED     FLOW: sunting, terbit, gabung, ekspor; langsung is the control

It forks for each try, so that a try costs milliseconds; it prints {"killed": in the middle, "ended": before the kill,
"problems": [...]} as JSON. FOLDER holds `a.db` (the plan) and, for gabung, `b.db` (a copy that comes back).
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from random import Random
from shutil import copyfile, rmtree

import main
from models.changes import Change
from models.errors import PlanError
from models.plan_file import PlanFile
from models.reading import read_plan
from models.rows import Opd, Row
from models.seal import check_seal

ACTIONS = 6
SOONER = 0.99
"""After a try that had ended before it was killed, the next one is killed a little earlier."""
WARMING = 3
"""Tries that only say how long the work takes."""
Check = Callable[[list[str]], str | None]


@dataclass(frozen=True)
class Flow:
    """Work that tells what it has acknowledged, and what must hold after it was killed."""

    work: Callable[[Callable[[str], None]], None]
    check: Check


def renamed(file: PlanFile, name: str) -> None:
    opd = next(row for row in file.rows() if isinstance(row, Opd))
    file.apply([Change(opd, replace(opd, nama=name))], "ubah nama")


def name_of(rows: list[Row]) -> int:
    text = next(row.nama for row in rows if isinstance(row, Opd))
    return int(text) if text.isdecimal() else -1


def last(told: list[str], word: str) -> int:
    return max((int(line.split()[1]) for line in told if line.startswith(f"{word} ")), default=-1)


def editing(plan: Path, *, publishes: bool) -> Flow:
    """Actions one after the other, each published or not."""

    def work(tell: Callable[[str], None]) -> None:
        file = PlanFile.open(plan)
        for number in range(ACTIONS):
            renamed(file, str(number))
            tell(f"isi {number}")
            if publishes:
                file.publish()
                tell(f"terbit {number}")
        os._exit(0)

    def check(told: list[str]) -> str | None:
        if not check_seal(plan):
            return "the officer's file is not sealed"
        edited, published = last(told, "isi"), last(told, "terbit")
        there = name_of(read_plan(plan))
        if not published <= there <= edited + 1:
            return f"published {published}, the file holds {there}"
        with PlanFile.open(plan) as file:
            kept = name_of(file.rows())
            if kept not in (edited, edited + 1):
                return f"acknowledged {edited}, kept {kept}"
            file.publish()
        return None if name_of(read_plan(plan)) == kept else "cannot be published afterwards"

    return Flow(work, check)


def merging(plan: Path, theirs: Path) -> Flow:
    """A merge of a copy that came back: afterwards all of it is there, or nothing, and it can be done again."""
    before = set(map(repr, read_plan(plan)))
    added = {row.id for row in read_plan(theirs)} - {row.id for row in read_plan(plan)}

    def work(tell: Callable[[str], None]) -> None:
        _quietly(["gabung", str(plan), str(theirs)])
        tell("gabung 1")
        os._exit(0)

    def check(told: list[str]) -> str | None:
        rows = read_plan(plan)
        done = added <= {row.id for row in rows}
        if not done and set(map(repr, rows)) != before:
            return "half merged"
        if told and not done:
            return "an acknowledged merge is gone"
        with PlanFile.open(plan) as file:
            there = added & {row.id for row in file.rows()}
            if there not in (set(), added):
                return "half merged in the working copy"
            file.publish()
        _quietly(["gabung", str(plan), str(theirs)])
        return None if added <= {row.id for row in read_plan(plan)} else "cannot be merged afterwards"

    return Flow(work, check)


def exporting(plan: Path) -> Flow:
    """A PDF over an old one: the old or the new, whole."""
    out = plan.with_name("formulir.pdf")
    command = ["ekspor", str(plan), "--formulir", "triwulan-anggaran", "--ke", str(out)]
    _quietly(command)
    new, old = out.read_bytes(), b"%PDF lama"

    def work(tell: Callable[[str], None]) -> None:
        out.write_bytes(old)
        tell("awal 1")
        _quietly(command)
        tell("ekspor 1")
        os._exit(0)

    def check(told: list[str]) -> str | None:
        if not told:
            return None
        found = out.read_bytes()
        if found not in (old, new):
            return f"{len(found)} bytes of neither"
        return "an acknowledged export is gone" if len(told) == 2 and found != new else None

    return Flow(work, check)


def writing_in_place(plan: Path) -> Flow:
    """What nobody should do: the new file written over the old one, piece by piece."""
    out, new = plan.with_name("formulir.pdf"), plan.read_bytes()

    def work(tell: Callable[[str], None]) -> None:
        out.write_bytes(b"lama")
        tell("awal 1")
        with out.open("wb", buffering=0) as file:
            for at in range(0, len(new), 4096):
                file.write(new[at : at + 4096])
                time.sleep(0.0005)
        os._exit(0)

    def check(told: list[str]) -> str | None:
        return None if not told or out.read_bytes() in (b"lama", new) else "half a file"

    return Flow(work, check)


def _quietly(command: list[str]) -> None:
    keep = os.dup(1)
    with open(os.devnull, "w") as nothing:
        sys.stdout.flush()
        os.dup2(nothing.fileno(), 1)
    try:
        if main.main(command) not in (0, 1):
            raise PlanError(f"{command[0]} failed")
    finally:
        sys.stdout.flush()
        os.dup2(keep, 1)
        os.close(keep)


def forked(work: Callable[[Callable[[str], None]], None], seconds: float | None) -> tuple[list[str], bool]:
    """Do it in a process that is killed after so many seconds: (what it acknowledged, whether it had ended)."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(lambda line: os.write(writing, f"{line}\n".encode()) and None)
        finally:
            os._exit(1)
    os.close(writing)
    ended = False
    if seconds is not None:
        time.sleep(seconds)
        ended = os.waitpid(child, os.WNOHANG)[0] == child
        if not ended:
            os.kill(child, signal.SIGKILL)
    with os.fdopen(reading) as pipe:
        told = pipe.read().splitlines()
    if not ended:
        os.waitpid(child, 0)
    return told, ended


def tries(flow: str, times: int, folder: Path, random: Random) -> dict[str, object]:
    """Kill it so many times; a try that had ended before does not count."""
    begun, home = folder / "awal", folder / "kerja"
    longest, killed, ended, problems = 60.0, 0, 0, []
    for attempt in count():
        rmtree(home, ignore_errors=True)
        home.mkdir()
        os.environ["RENAKSI_DATA"] = str(home / "data")
        for source in begun.iterdir():
            copyfile(source, home / source.name)
        plan = home / "a.db"
        done = made(flow, plan)
        if attempt < WARMING:
            at = time.perf_counter()
            forked(done.work, None)
            longest = min(longest, time.perf_counter() - at)
            continue
        told, was_over = forked(done.work, random.uniform(0, longest))
        killed, ended = killed + (not was_over), ended + was_over
        if was_over:
            longest *= SOONER
        try:
            problem = done.check(told)
        except PlanError as error:
            problem = str(error)
        if problem:
            problems.append(f"{attempt}: {problem} after {told}")
        if killed == times or attempt == 6 * times:
            return {"killed": killed, "ended": ended, "problems": problems}
    raise AssertionError


def made(flow: str, plan: Path) -> Flow:
    match flow:
        case "gabung":
            return merging(plan, plan.with_name("b.db"))
        case "ekspor":
            return exporting(plan)
        case "langsung":
            return writing_in_place(plan)
        case _:
            return editing(plan, publishes=flow == "terbit")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(tries(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), Random(sys.argv[4]))))
