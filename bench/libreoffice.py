"""LibreOffice turning our XLSX into PDF, beside our own PDF of the same form; only where LibreOffice is there.

It starts anew for each workbook, as `--convert-to` does; its profile is there already.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.clock import Side, medians, once
from bench.figures import Figure, Measurement, Scale, ratio
from bench.pdf import ours
from bench.plans import PAPERS, form_of
from services.export import write_form


def measurements() -> Iterator[Measurement]:
    """One for each form that goes into a workbook."""
    program = shutil.which("soffice")
    if program is None:
        return
    for form, entry in PAPERS.items():
        if "xlsx" in entry.kinds:
            yield Measurement(
                (f"lo_pdf_63_over_ours.{form}",),
                lambda scale, form=form: _measure(scale, form, program),  # type: ignore[misc]
            )


def _measure(scale: Scale, name: str, program: str) -> Iterator[Figure]:
    """Once, after a conversion that makes the profile; a smoke run leaves it out, as starting takes seconds."""
    if scale.is_smoke:
        return
    form = form_of(name, scale.small)
    with TemporaryDirectory() as folder:
        source = Path(folder, "form.xlsx")
        write_form(form, "xlsx", source)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        converting = Side(lambda: subprocess.run(command, check=True, capture_output=True))
        once(converting)
        theirs = once(converting)
        if not source.with_suffix(".pdf").exists():
            raise RuntimeError("LibreOffice has written no PDF")
    yield ratio(f"lo_pdf_63_over_ours.{name}", theirs, medians({"ours": ours(form)}, scale)["ours"])
