"""The official forms: each one short module, and this registry of their names."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from models.errors import PlanError

if TYPE_CHECKING:
    from models.plan import Plan
    from models.rows import Jabatan
    from services.forms.parts import Form


@dataclass(frozen=True, slots=True)
class Entry:
    """A form that can be made: its name in commands, its title and group in the window.

    `module` and `builder` name the function (plan, dokumen, name) -> Form; it is loaded when first needed.
    """

    name: str
    title: str
    group: str
    module: str
    builder: str = "build"
    kinds: tuple[str, ...] = ("pdf", "xlsx")
    """The formats that it can be written in."""
    editable: str = ""
    """The builder of the form as a text to be edited (docx): without the annexes that only a page can hold."""
    tabular: str = ""
    """The builder of the form as a workbook, where it is a drawing on paper."""
    picture: str = ""
    """The builder of the form as one drawing (svg, png), where the paper may need several sheets."""
    per_position: str = ""
    """The function (plan, dokumen, name, jabatan) -> Form that makes the form of one position."""

    def builder_for(self, kind: str) -> str:
        """The builder of the form as it goes into a file of that kind."""
        own = {"docx": self.editable, "xlsx": self.tabular, "svg": self.picture, "png": self.picture}.get(kind)
        return own or self.builder


FORMS: dict[str, Entry] = {
    entry.name: entry
    for entry in (
        Entry("bulanan-eselon-ii", "Eselon II", "Bulanan", "bulanan", "eselon"),
        Entry("bulanan-eselon-iii", "Eselon III", "Bulanan", "bulanan", "eselon"),
        Entry("bulanan-eselon-iv", "Eselon IV", "Bulanan", "bulanan", "eselon"),
        Entry("bulanan-staf", "Staf", "Bulanan", "bulanan", "staf"),
        Entry("triwulan-anggaran", "Kinerja dan anggaran", "Triwulan", "triwulan_anggaran"),
        Entry("triwulan-aksi", "Aksi dan jadwal", "Triwulan", "triwulan_aksi"),
        Entry("perjanjian-kinerja", "Eselon II", "Perjanjian kinerja", "perjanjian", per_position="of_position"),
        Entry("perjanjian-kinerja-eselon-iii", "Eselon III", "Perjanjian kinerja", "perjanjian"),
        Entry("perjanjian-kinerja-eselon-iv", "Eselon IV", "Perjanjian kinerja", "perjanjian"),
        Entry("iku", "Indikator kinerja utama", "Kinerja", "iku"),
        Entry("renstra", "Renstra", "Kinerja", "renstra"),
        Entry("pengukuran", "Pengukuran kinerja", "Kinerja", "pengukuran"),
        Entry(
            "pohon-kinerja",
            "Pohon kinerja",
            "Pohon",
            "pohon_kinerja",
            kinds=("pdf", "xlsx", "svg", "png"),
            tabular="outline",
            picture="whole",
        ),
        Entry(
            "pohon-kinerja-bidang",
            "Pohon kinerja per bidang",
            "Pohon",
            "pohon_kinerja",
            "per_bidang",
            tabular="outline",
        ),
        Entry(
            "indikator-individu",
            "Indikator kerja individu",
            "Pohon",
            "indikator_individu",
            per_position="of_position",
        ),
        Entry("monev-triwulan", "Monitoring triwulanan", "Realisasi", "monev_triwulan"),
        Entry("capaian-iku", "Capaian IKU", "Realisasi", "capaian_iku"),
        Entry("capaian-sasaran", "Capaian sasaran", "Realisasi", "capaian_sasaran"),
        Entry("capaian-lima-tahun", "Capaian lima tahun", "Realisasi", "capaian_lima_tahun"),
        Entry("pagu-realisasi", "Pagu dan realisasi", "Realisasi", "pagu_realisasi"),
        Entry("efisiensi", "Efisiensi", "Realisasi", "efisiensi"),
        Entry("e81", "Evaluasi Renja (E.81)", "Realisasi", "e81"),
        Entry("renstra-matriks", "Matriks Renstra", "Realisasi", "renstra_matriks"),
        Entry("semula-menjadi", "Semula dan menjadi", "Perubahan", "semula_menjadi"),
        Entry(
            "dokumen-lengkap",
            "Naskah lengkap",
            "Dokumen",
            "dokumen_lengkap",
            kinds=("pdf", "docx"),
            editable="narrative",
        ),
        Entry("lkip", "Laporan kinerja (LKIP)", "Dokumen", "lkip", kinds=("pdf", "docx"), editable="narrative"),
        Entry("daftar-temuan", "Daftar temuan", "Daftar", "daftar_temuan"),
    )
}


def build_form(plan: "Plan", dokumen_id: str, name: str, kind: str = "pdf") -> "Form":
    """The named form of a plan document, filled in, as it goes into a file of that kind.

    Raises:
        PlanError: no form has that name.
    """
    entry = FORMS.get(name)
    if entry is None:
        raise PlanError(f"Formulir {name!r} tidak ada. Pilihannya: {', '.join(FORMS)}.")
    from models.rows import Dokumen

    build = getattr(import_module(f"services.forms.{entry.module}"), entry.builder_for(kind))
    return cast("Form", build(plan, plan.get(Dokumen, dokumen_id), name))


def per_position(name: str) -> Entry:
    """The entry of a form that is made for each position.

    Raises:
        PlanError: no such form is made for each position.
    """
    entry = FORMS.get(name)
    if entry is None or not entry.per_position:
        known = ", ".join(each.name for each in FORMS.values() if each.per_position)
        raise PlanError(f"Formulir {name!r} tidak dibuat per jabatan. Pilihannya: {known}.")
    return entry


def build_for_position(plan: "Plan", jabatan: "Jabatan", name: str) -> "Form":
    """The named form of one position; empty where the position answers for nothing. PlanError as `per_position`."""
    entry = per_position(name)
    from models.rows import Dokumen

    build = getattr(import_module(f"services.forms.{entry.module}"), entry.per_position)
    return cast("Form", build(plan, plan.get(Dokumen, jabatan.dokumen_id), name, jabatan))
