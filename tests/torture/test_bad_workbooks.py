"""Workbooks that were damaged or made to harm: rows or one sentence, never a crash, and the memory stays small."""

import io
import time
import zipfile
from contextlib import suppress
from random import Random

import openpyxl
import pytest
from dose import chance, dose

from models.errors import PlanError
from services.nomenclature_import import read_nomenclature
from services.safe_xlsx import read_sheets

resource = pytest.importorskip("resource")
MOST_GROWTH = 600 << 20
WORDS = (b"<", b">", b"&", b"\x00", b"]]>", b"<row", b'r="XFD1048576"', b't="s"', b"<!ENTITY a 'b'>", b"9" * 40)


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    """A list of lines as a workbook, taken apart."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Kode", "Uraian", "Indikator", "Satuan"])
    for number in range(1, 120):
        sheet.append([f"2.17.{number % 9 + 1:02}.2.{number % 30 + 1:02}", f"Kegiatan {number} <&>", "Jumlah", number])
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def damaged(parts: dict[str, bytes], random: Random) -> bytes:
    """Bytes of the package flipped, cut or noised, or one of its parts spoiled inside."""
    kind = random.randrange(6)
    if kind < 3:
        raw = bytearray(packed(parts))
        at = random.randrange(len(raw))
        if kind == 0:
            for _ in range(random.randint(1, 4)):
                raw[random.randrange(len(raw))] ^= 1 << random.randrange(8)
        elif kind == 1:
            del raw[at:]
        else:
            raw[at : at + 64] = random.randbytes(64)
        return bytes(raw)
    name = random.choice(sorted(parts))
    content = bytearray(parts[name])
    at = random.randrange(len(content))
    if kind == 3:
        del content[at : at + random.choice([1, 20, len(content)])]
    elif kind == 4:
        content[at:at] = random.choice(WORDS)
    else:
        content[at : at + 30] = random.randbytes(30)
    made = {**parts, name: bytes(content)}
    if random.randrange(10) == 0:
        del made[name]
    return packed(made)


def test_a_damaged_workbook_ends_in_rows_or_in_one_sentence(parts, tmp_path, figures) -> None:
    random, seed = chance("buku kerja rusak")
    path, refused, longest, times = tmp_path / "daftar.xlsx", 0, 0.0, dose(500, 30_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(times):
        path.write_bytes(damaged(parts, random))
        at, sentence = time.perf_counter(), ""
        try:
            sheets = list(read_sheets(path))
        except PlanError as error:
            refused, sheets, sentence = refused + 1, [], str(error)
        assert "\n" not in sentence, f"{seed}, {number}"
        assert all(isinstance(text, str) for sheet in sheets for _, texts in sheet.rows for text in texts), seed
        with suppress(PlanError):
            read_nomenclature(path)
        longest = max(longest, time.perf_counter() - at)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) << 10
    figures(f"damaged workbooks: {times}, refused {refused}; longest {longest:.1f} s, {grown >> 20} MB more at most")
    assert 0 < refused < times
    assert grown < MOST_GROWTH


BOMBS = {
    "a sheet that swells": ("xl/worksheets/sheet1.xml", 400 << 20),
    "texts that swell": ("xl/sharedStrings.xml", 320 << 20),
    "a part that nobody asked for": ("docProps/huge.xml", 350 << 20),
}


@pytest.mark.parametrize(("name", "size"), BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_from_outside(name, size, parts, tmp_path) -> None:
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, content in parts.items():
            if part != name:
                archive.writestr(part, content)
        with archive.open(name, "w", force_zip64=True) as out:
            for _ in range(size >> 20):
                out.write(b" " * (1 << 20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(PlanError, match="mengembang"):
        list(read_sheets(path))
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) << 10 < MOST_GROWTH // 4
