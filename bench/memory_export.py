"""A process that makes a large plan and exports it, and prints the most memory that it has had before and after."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.plans import form_plan
from services.export import make_form, write_form


def run(name: str, blocks: int, kind: str) -> None:
    """Write the named form with so many blocks to a file, as the program does, with all that is imported for it."""
    plan, dokumen_id = form_plan(name, blocks)
    before = peak_kb()
    with TemporaryDirectory() as folder:
        write_form(make_form(plan, dokumen_id, name, kind=kind), kind, Path(folder, f"form.{kind}"))
    sys.stdout.write(json.dumps({"before_kb": before, "after_kb": peak_kb()}))


def peak_kb() -> int:
    """The most that has been resident since this program began."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1])


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]), sys.argv[3])
