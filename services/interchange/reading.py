"""From the interchange file to rows: the whole document, or a sentence that says where it breaks the format."""

import json
import math
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any, NoReturn

from models.changes import Change
from models.cleaning import Cleaned, cleaning
from models.errors import PlanError
from models.files import os_words
from models.plan import Plan
from models.rows import (
    BULAN,
    Aksi,
    Anggaran,
    CatatanPeriode,
    DeretAnggaran,
    DeretIndikator,
    DeretRasio,
    Dokumen,
    Dukungan,
    Formulir,
    Indikator,
    Jabatan,
    Kinerja,
    Kop,
    Narasi,
    Opd,
    Pejabat,
    Pengaturan,
    Row,
    TahunAnggaran,
    TahunIndikator,
    TotalTercetak,
    TutupPeriode,
    new_id,
)
from services.interchange.fields import (
    FIELDS,
    PERIODS,
    SERIES_OF_ANGGARAN,
    SERIES_OF_INDIKATOR,
    SERIES_OF_RASIO,
    SIGNATORY,
    YEARS_OF_ANGGARAN,
    YEARS_OF_INDIKATOR,
)
from services.interchange.reader import DEPTH_MAX, Reader, fail, pack, value_of
from services.order import GAP
from services.terms import JENIS, TINGKAT

MAX_BYTES = 50_000_000

_BELOW: dict[type[Row], tuple[str, ...]] = {
    Anggaran: ("indikator", "catatan_periode", *SERIES_OF_ANGGARAN, *YEARS_OF_ANGGARAN),
    CatatanPeriode: (),
    Pengaturan: (),
    TutupPeriode: (),
}
"""Keys that are rows of their own; of other objects `indikator` is one."""


def load(path: Path) -> dict[str, Any]:
    """The parsed file.

    Raises:
        PlanError: missing, unreadable, too large, or not JSON.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PlanError(f"{path.name} terlalu besar untuk sebuah rencana ({path.stat().st_size:,} byte).")
        text = path.read_text(encoding="utf-8-sig")
        data = json.loads(text, parse_constant=_no_number, parse_float=_float)
    except FileNotFoundError:
        raise PlanError(f"{path} tidak ditemukan. Periksa nama dan foldernya.") from None
    except OSError as error:
        raise PlanError(f"{path} tidak dapat dibaca ({os_words(error)}).") from error
    except json.JSONDecodeError as error:
        raise PlanError(f"{path.name} bukan JSON yang utuh: baris {error.lineno}, kolom {error.colno}.") from error
    except (ValueError, RecursionError) as error:
        raise PlanError(f"{path.name} bukan JSON yang dapat dibaca.") from error
    if not isinstance(data, dict) or data.get("format") != "renaksi-json":
        raise PlanError(f'{path.name} bukan berkas renaksi-json: "format" di dalamnya tidak berbunyi "renaksi-json".')
    return data


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _float(digits: str) -> float:
    """Numbers with decimals stand only in keys that we do not know, and are kept as they are."""
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:20]} is too large")
    return number


def import_changes(data: dict[str, Any], plan: Plan) -> tuple[str, list[Change]]:
    """(id of the new Dokumen, the changes that add it to `plan`); texts longer than a plan can hold are cut.

    Raises:
        PlanError: the data breaks the format, or is of another agency than the plan.
    """
    importer = _Importer(plan)
    importer.document(Reader(data, ""))
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        raise PlanError("Isi berkas memuat karakter yang tidak sah, atau bersarang terlalu dalam.") from None
    fit, _ = _cleaning(importer)
    return importer.dokumen_id, [Change(c.before, fit.get(id(c.after), c.after)) for c in importer.changes]


def cut_texts(data: dict[str, Any]) -> tuple[Cleaned, ...]:
    """The texts of an interchange file that are too long for a plan (`models.cleaning`)."""
    importer = _Importer(Plan())
    importer.document(Reader(data, ""))
    return _cleaning(importer)[1]


def _cleaning(importer: "_Importer") -> tuple[dict[int, Row], tuple[Cleaned, ...]]:
    """(identity of a row that comes in -> the row with shorter texts, those texts); no other sign is touched."""
    rows = (change.after for change in importer.changes if change.after is not None)
    changes, cleaned = cleaning(rows, signs=False)
    return {id(change.before): change.row for change in changes}, cleaned


def unknown_keys(data: dict[str, Any]) -> list[str]:
    """The places of keys that version 1 does not know: kept as they are, but perhaps mistyped."""
    top = Reader(data, "")
    _Importer(Plan()).document(top)
    return top.odd


class _Importer:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.dokumen_id = new_id()
        self.changes: list[Change] = []
        self._ids: dict[tuple[type[Row], str], str] = {}
        self._count: dict[type[Row], int] = {}

    def document(self, top: Reader) -> None:
        if type(top.take("versi")) is not int or top.data["versi"] != 1:
            fail("versi", f"seharusnya 1, tertulis {top.data.get('versi')!r}")
        top.take("format")
        opd, dokumen = top.object("opd"), top.object("dokumen")
        if opd is None or dokumen is None:
            fail("opd" if opd is None else "dokumen", "wajib ada")
        sumber = value_of("sumber", top.take("sumber"), "text")
        lists = {key: top.objects(key) for key in ("jabatan", "kinerja", "anggaran", "aksi")}
        dukungan, narasi = top.objects("dukungan"), top.objects("narasi")
        totals, officials = top.objects("total_tercetak"), top.objects("pejabat")
        forms, kop = top.objects("formulir"), top.object("kop")
        closings, settings = top.objects("tutup_periode"), top.objects("pengaturan")
        for required in ("kinerja", "anggaran"):
            if top.data.get(required) is None:
                fail(required, "wajib ada")
        opd_id, differing = self._opd(opd)
        rest = {"atas": top.rest(), "opd": opd.rest()} | ({"opd_lain": differing} if differing else {})
        self._dokumen(dokumen, opd_id, sumber, rest)
        for cls, key in ((Jabatan, "jabatan"), (Kinerja, "kinerja"), (Anggaran, "anggaran"), (Aksi, "aksi")):
            for reader in lists[key]:
                self._name(cls, reader)
        for owner in (*lists["kinerja"], *lists["anggaran"]):
            for reader in owner.objects("indikator"):
                self._name(Indikator, reader)
        for reader in lists["jabatan"]:
            self._row(Jabatan, reader)
        for reader in lists["kinerja"]:
            self._indicators(reader, kinerja_id=self._row(Kinerja, reader))
        for reader in lists["anggaran"]:
            self._budget_line(reader)
        for reader in dukungan:
            self._row(Dukungan, reader)
        for reader in lists["aksi"]:
            self._aksi(reader)
        for reader in narasi:
            self._row(Narasi, reader)
        for reader in totals:
            self._row(TotalTercetak, reader)
        self._once(Pejabat, officials, "jabatan")
        self._once(Formulir, forms, "nama")
        self._once(TutupPeriode, closings, "bulan")
        self._once(Pengaturan, settings, "kunci")
        if kop is not None:
            self._kop(kop, opd_id)
        for key, field in (("jabatan", "atasan"), ("kinerja", "induk"), ("anggaran", "induk")):
            _refuse_cycles(lists[key], field)
        _refuse_upside_down(lists["kinerja"], "tingkat", TINGKAT, same=True)
        _refuse_upside_down(lists["anggaran"], "jenis", JENIS, same=False)

    def _once(self, cls: type[Row], readers: list[Reader], key: str, **more: Any) -> None:
        """Rows of which no two may say the same at a key."""
        there: set[str | int | None] = set()
        for reader in readers:
            said = reader.data.get(key)
            self._row(cls, reader, **more)
            if said in there:
                fail(reader.at(key), f"{said!r} sudah ada")
            there.add(said)

    def _kop(self, reader: Reader, opd_id: str) -> None:
        """The letterhead, unless the agency has one in this file."""
        values = {field.name: reader.field(field) for field in FIELDS[Kop]}
        if not self.plan.where(Kop, "opd_id", opd_id):
            self._add(Kop(id=new_id(), opd_id=opd_id, sisa=pack(reader.rest()), **values))

    def _add(self, row: Row) -> str:
        self.changes.append(Change(None, row))
        return row.id

    def _next(self, cls: type[Row]) -> int:
        self._count[cls] = self._count.get(cls, 0) + GAP
        return self._count[cls]

    def _opd(self, reader: Reader) -> tuple[str, dict[str, Any]]:
        """(id, what this document says otherwise of an agency that is there: field -> [its value, the shared one])."""
        values = {field.name: reader.field(field) for field in FIELDS[Opd]}
        there = self.plan.all(Opd)
        for opd in there:
            if opd.nama == values["nama"] and opd.pemda == values["pemda"]:
                shared = {name: getattr(opd, name) for name in values}
                return opd.id, {n: [value, shared[n]] for n, value in values.items() if value != shared[n]}
        if there:
            raise PlanError(
                f"Berkas ini milik {there[0].nama} {there[0].pemda or ''}; dokumen yang diimpor milik "
                f"{values['nama']} {values['pemda'] or ''}. Impor ke berkas baru."
            )
        return self._add(Opd(id=new_id(), urutan=GAP, **values)), {}

    def _dokumen(self, reader: Reader, opd_id: str, sumber: str | None, rest: dict[str, Any]) -> None:
        values = {field.name: reader.field(field) for field in FIELDS[Dokumen]}
        signatory = reader.object("penandatangan")
        if signatory is not None:
            values |= {field.name: signatory.field(field) for field in SIGNATORY}
            rest["penandatangan"] = signatory.rest()
        rest["dokumen"] = reader.rest()
        urutan = max((d.urutan for d in self.plan.all(Dokumen)), default=0) + GAP
        self._add(Dokumen(id=self.dokumen_id, opd_id=opd_id, urutan=urutan, sumber=sumber, sisa=pack(rest), **values))

    def _name(self, cls: type[Row], reader: Reader) -> None:
        """Give the object an id of our own and remember it by the one of the file."""
        asal = value_of(reader.at("id"), reader.take("id"), "text")
        if not asal:
            fail(reader.at("id"), "wajib ada")
        if (cls, asal) in self._ids:
            fail(reader.at("id"), f"{asal!r} sudah dipakai")
        self._ids[cls, asal] = new_id()

    def _row(self, cls: type[Row], reader: Reader, **more: Any) -> str:
        values: dict[str, Any] = dict(more)
        for field in FIELDS[cls]:
            value = reader.field(field)
            if field.names is not None and value is not None:
                if (field.names, value) not in self._ids:
                    fail(reader.at(field.key), f"tidak ada {field.names.TABLE} dengan id {value!r}")
                value = self._ids[field.names, value]
            values[field.name] = value
        if any(f.name == "asal_id" for f in dataclass_fields(cls)):
            values["asal_id"] = reader.take("id")
            values["id"] = self._ids[cls, values["asal_id"]]
        else:
            values["id"] = new_id()
        for key in _BELOW.get(cls, ("indikator",)):
            reader.take(key)
        if any(f.name == "urutan" for f in dataclass_fields(cls)):
            values["urutan"] = self._next(cls)
        make: Any = cls
        return self._add(make(dokumen_id=self.dokumen_id, sisa=pack(reader.rest()), **values))

    def _indicators(self, owner: Reader, **link: str) -> None:
        for reader in owner.objects("indikator"):
            series = [(jenis, reader.object(key)) for key, jenis in SERIES_OF_INDIKATOR.items()]
            counts = [(jenis, reader.object(key)) for key, jenis in SERIES_OF_RASIO.items()]
            notes = reader.objects("catatan_periode")
            years: dict[str, Reader] = {}
            for key, jenis in YEARS_OF_INDIKATOR.items():
                value = reader.take(key)
                if isinstance(value, str) and key == "capaian_tercetak":
                    link_more = {"capaian_tercetak": value}
                else:
                    link_more = {}
                    if value is not None:
                        years[jenis] = Reader(value, reader.at(key), reader.odd)
            indikator_id = self._row(Indikator, reader, **link, **link_more)
            for jenis, entry in series:
                if entry is not None:
                    self._series(DeretIndikator, entry, "text", jenis=jenis, indikator_id=indikator_id)
            for jenis, entry in counts:
                if entry is not None:
                    self._series(DeretRasio, entry, "text", jenis=jenis, indikator_id=indikator_id)
            self._once(CatatanPeriode, notes, "bulan", indikator_id=indikator_id)
            for jenis, entry in years.items():
                self._years(TahunIndikator, entry, "text", jenis=jenis, indikator_id=indikator_id)

    def _budget_line(self, reader: Reader) -> None:
        anggaran_id = self._row(Anggaran, reader)
        self._indicators(reader, anggaran_id=anggaran_id)
        self._once(CatatanPeriode, reader.objects("catatan_periode"), "bulan", anggaran_id=anggaran_id)
        for key, jenis in SERIES_OF_ANGGARAN.items():
            if (entry := reader.object(key)) is not None:
                kumulatif = value_of(entry.at("kumulatif"), entry.take("kumulatif"), "flag")
                more = {"jenis": jenis, "anggaran_id": anggaran_id, "kumulatif": kumulatif}
                self._series(DeretAnggaran, entry, "rupiah", **more)
        for key, jenis in YEARS_OF_ANGGARAN.items():
            if (entry := reader.object(key)) is not None:
                self._years(TahunAnggaran, entry, "rupiah", jenis=jenis, anggaran_id=anggaran_id)

    def _series(self, cls: type[Row], reader: Reader, kind: str, **more: Any) -> None:
        periode, given = reader.take("periode"), reader.take("nilai")
        if not isinstance(periode, str) or periode not in PERIODS:
            fail(reader.at("periode"), 'seharusnya "bulan" atau "triwulan"')
        places = PERIODS[periode]
        if not isinstance(given, list) or len(given) != len(places):
            fail(reader.at("nilai"), f"seharusnya {len(places)} nilai")
        values: list[Any] = [None] * BULAN
        for i, (place, value) in enumerate(zip(places, given, strict=True)):
            values[place] = value_of(f"{reader.at('nilai')}[{i}]", value, kind)
        make: Any = cls
        self._add(
            make(
                id=new_id(),
                dokumen_id=self.dokumen_id,
                periode=periode,
                nilai=tuple(values),
                sisa=pack(reader.rest()),
                **more,
            )
        )

    def _years(self, cls: type[Row], reader: Reader, kind: str, **more: Any) -> None:
        make: Any = cls
        for i, (tahun, value) in enumerate(reader.data.items(), 1):
            nilai = value_of(reader.at(tahun), value, kind)
            tahun = value_of(reader.at(tahun), tahun, "text")
            self._add(make(id=new_id(), dokumen_id=self.dokumen_id, urutan=i, tahun=tahun, nilai=nilai, **more))

    def _aksi(self, reader: Reader) -> None:
        bulan = reader.take("bulan")
        if bulan is not None and not (
            isinstance(bulan, list) and all(type(m) is int and 1 <= m <= BULAN for m in bulan)
        ):
            fail(reader.at("bulan"), "seharusnya daftar angka 1 sampai 12")
        self._row(Aksi, reader, bulan=",".join(map(str, bulan)) if bulan else None)


def _refuse_cycles(readers: list[Reader], key: str) -> None:
    above = {reader.data["id"]: reader.data.get(key) for reader in readers}
    done: set[str] = set()
    for reader in readers:
        walked: set[str] = set()
        at = reader.data["id"]
        while at is not None and at not in done:
            if at in walked:
                fail(reader.at(key), "berputar: baris ini berada di bawah dirinya sendiri")
            walked.add(at)
            at = above.get(at)
            if len(walked) > DEPTH_MAX:
                fail(reader.at(key), "bersarang terlalu dalam")
        done |= walked


def _refuse_upside_down(readers: list[Reader], level: str, order: tuple[str, ...], *, same: bool) -> None:
    """A row hangs under one of a level above its own (`same`: or of its own)."""
    levels = {reader.data["id"]: order.index(reader.data[level]) for reader in readers}
    for reader in readers:
        above = levels.get(reader.data.get("induk") or "", -1)
        own = levels[reader.data["id"]]
        if above > own or (above == own and not same):
            fail(reader.at("induk"), f"{order[own]} tidak dapat berada di bawah {order[above]}")
