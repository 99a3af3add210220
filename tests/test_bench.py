import json
import os
import subprocess
import sys
from pathlib import Path

from bench.plans import PAPERS

ROOT = Path(__file__).resolve().parent.parent

OF_EACH_FORM = (
    "form_630_over_63",
    "pdf_630_over_63",
    "pdf_63_over_typst",
    "pdf_63_over_raw",
    "pdf_630_over_typst",
    "pdf_630_over_raw",
)
OF_EACH_WORKBOOK = ("xlsx_630_over_63", "xlsx_63_over_xlsxwriter", "xlsx_630_over_xlsxwriter")
OF_THE_PROGRAM = (
    "open_buleleng_over_sqlite",
    "open_100_over_sqlite",
    "open_2500_over_sqlite",
    "open_2500_over_100",
    "start_over_bare",
    "start_painted_over_bare",
    "start_sample_over_bare",
    "start_sample_painted_over_bare",
    "check_full_s",
    "check_edit_ms",
    "capaian_all_s",
    "pohon_layout_1000_s",
    "pohon_paper_1000_s",
    "pohon_frame_ms",
    "pohon_edit_ms",
    "edit_100_ms",
    "edit_100_p99_ms",
    "edit_100_cpu_p99_ms",
    "edit_100_over_plain",
    "edit_2500_ms",
    "edit_2500_p99_ms",
    "edit_2500_cpu_p99_ms",
    "edit_2500_over_plain",
    "paste_64x12_ms",
    "paste_64x12_2500_ms",
    "scroll_frame_ms",
    "scroll_frame_p99_ms",
    "open_2500_first_edit_s",
    "open_2500_findings_s",
    "filter_key_2500_ms",
    "filter_key_2500_p99_ms",
    "find_key_2500_ms",
    "find_key_2500_p99_ms",
    "publish_100_over_copy",
    "publish_2500_over_copy",
    "merge_4000_s",
    "merge_4000_over_sqlite",
    "compile_40_s",
    "compile_40_over_sqlite",
    "compile_40_over_copy",
)


def test_every_figure_is_measured(tmp_path):
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "RENAKSI_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "bench", "--smoke", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    wanted = {f"{name}.{form}" for name in OF_EACH_FORM for form in PAPERS}
    for form, entry in PAPERS.items():
        if "xlsx" in entry.kinds:
            wanted |= {f"{name}.{form}" for name in OF_EACH_WORKBOOK}
        if sys.platform.startswith("linux"):
            wanted |= {f"memory_630_{kind}_mb.{form}" for kind in entry.kinds}
    assert set(figures) == wanted | set(OF_THE_PROGRAM)
    assert all(number > 0 for number in figures.values())
    assert list(tmp_path.iterdir()) == []
