"""The ways of Bagi: what the dialog asks, and what comes of it, in words and as changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from models.changes import Change
from models.errors import PlanError
from models.plan import Plan
from models.rows import BULAN, Anggaran, Dokumen, Indikator
from services.angka import parse_bagian
from services.bagi import Parts, divide, onward, same
from services.bagi_isian import Angka, Isian, Kas, Target, Teks, read_isian
from services.cell_edit import reckoned
from services.patterns import TRIWULAN, reduced
from services.rollup import RollUp
from services.rupiah import parse_rupiah
from services.series import QUARTER_ENDS, single
from services.tahap import matches
from services.tanggal import MONTHS, QUARTERS

EVEN = (1,) * BULAN


class Cara(Enum):
    """A way to divide, with its words."""

    RATA = "Rata"
    SEBANDING = "Sebanding baris lain"
    POLA = "Menurut pola"
    TAHUN_LALU = "Seperti tahun lalu"
    SAMA = "Sama tiap bulan"
    LANJUT = "Isi sampai akhir tahun"
    PERSEN = "25 / 50 / 75 / 100 %"
    AKHIR = "Hanya di akhir tahun"


@dataclass(frozen=True, slots=True)
class Ask:
    """What the officer chose. `weights`: of another line, a pattern or last year; `amount`: as typed, for SAMA."""

    cara: Cara
    months: frozenset[int]
    keep: bool = False
    weights: tuple[int, ...] = EVEN
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes of it: three columns of twelve texts, the sum, a sentence, and the changes ([] unless `fits`)."""

    menjadi: tuple[str, ...]
    kumulatif: tuple[str, ...]
    jumlah: str
    sentence: str
    fits: bool
    changes: tuple[Change, ...] = ()
    weights: tuple[int, ...] = ()
    """The proportions that were used, for a pattern of one's own."""


def ways(isian: Isian) -> tuple[Cara, ...]:
    """The ways that fit what is divided."""
    if isinstance(isian, Teks):
        return (Cara.SAMA, Cara.AKHIR, Cara.LANJUT)
    common = (Cara.RATA, Cara.SEBANDING, Cara.POLA, Cara.TAHUN_LALU, Cara.SAMA, Cara.LANJUT)
    runs = isinstance(isian, Target) and isian.year.running
    return (*common, Cara.PERSEN) if runs else common


def now_texts(isian: Isian) -> tuple[str, ...]:
    """The months as they are, one by one; what is no number as it is written."""
    if not isinstance(isian, Angka):
        return tuple(text or "" for text in isian.texts)
    return tuple(
        isian.show(value) if value is not None else text or ""
        for value, text in zip(isian.year.now, isian.texts, strict=True)
    )


def now_total(isian: Isian) -> str:
    """The sum of the months as they are."""
    if not isinstance(isian, Angka) or all(value is None for value in isian.year.now):
        return ""
    return isian.show(sum(value or 0 for value in isian.year.now))


def answer(isian: Kas | Target | Teks, ask: Ask) -> Answer:
    """What the choice gives.

    Raises:
        PlanError: nothing can come of it, in one sentence.
    """
    if isian.problem:
        raise PlanError(isian.problem)
    if isinstance(isian, Teks):
        return _stated(isian, ask)
    year = isian.year
    weights = ask.weights
    if ask.cara is Cara.SAMA:
        parts = same(year, _amount(isian, ask.amount), ask.months, keep=ask.keep)
    elif ask.cara is Cara.LANJUT:
        parts = onward(year, ask.months)
    else:
        weights = {Cara.RATA: EVEN, Cara.PERSEN: TRIWULAN.bobot}.get(ask.cara, weights)
        parts = divide(year, weights, ask.months, keep=ask.keep)
    if ask.cara in (Cara.SAMA, Cara.LANJUT):
        weights = tuple(value or 0 for value in parts.months)
    used = tuple(weight if place in ask.months else 0 for place, weight in enumerate(weights))
    return _shown(isian, parts, reduced(used))


def line_weights(rollup: RollUp, line: Anggaran) -> tuple[int, ...] | None:
    """The single months of a budget line, or of those below it; None where nothing is planned."""
    kas = rollup.line(line.id).kas
    weights = reduced(tuple(value or 0 for value in single(kas, kumulatif=True))) if kas else ()
    return weights if any(weights) else None


LastYear = tuple[tuple[int, ...] | None, str]
"""The single months of a row in the document of the year before, or why there are none."""


def last_years(plan: Plan, rows: Sequence[Anggaran | Indikator]) -> list[LastYear]:
    """The year before of each row of one document.

    The row is the one that `services.tahap.matches` pairs; of several documents of that year the last one counts.
    """
    dokumen = plan.get(Dokumen, rows[0].dokumen_id)
    before = [d for d in plan.where(Dokumen, "opd_id", dokumen.opd_id) if d.tahun == dokumen.tahun - 1]
    if not before:
        return [(None, f"{dokumen.tahun - 1} belum ada")] * len(rows)
    pairs = matches(plan, before[-1].id, dokumen.id)
    answers: list[LastYear] = []
    for row in rows:
        found: Anggaran | Indikator | None
        found = pairs.anggaran.before.get(row.id) if isinstance(row, Anggaran) else pairs.indikator.before.get(row.id)
        weights = _months_of(plan, found) if found is not None else None
        why = f"tidak ada pada {dokumen.tahun - 1}" if found is None else f"{dokumen.tahun - 1} kosong"
        answers.append((weights, "" if weights else why))
    return answers


def place_names(places: Sequence[int]) -> tuple[str, ...]:
    """What the periods of a series are called: months, or quarters."""
    return QUARTERS if tuple(places) == QUARTER_ENDS else tuple(MONTHS[place] for place in places)


def _months_of(plan: Plan, row: Anggaran | Indikator) -> tuple[int, ...] | None:

    isian = read_isian(plan, row)
    if not isinstance(isian, Angka):
        return None
    weights = reduced(tuple(value or 0 for value in isian.year.now))
    return weights if any(weights) else None


def _amount(isian: Angka, text: str) -> int:
    """Units for an amount as typed."""
    text = reckoned(text, money=isinstance(isian, Kas))
    if isinstance(isian, Target):
        bagian = parse_bagian(text, isian.style) if text.strip() else ()
        value = bagian[0][0].scaleb(isian.decimals) if len(bagian) == 1 else None
        if value is None or value < 0 or value != int(value):
            raise PlanError(f"Tulis angka untuk tiap bulan, seperti {isian.show(isian.year.total)}.")
        return int(value)
    amount = parse_rupiah(text)
    if amount is None:
        raise PlanError("Tulis jumlah untuk tiap bulan.")
    return amount


def _shown(isian: Kas | Target, parts: Parts, weights: tuple[int, ...]) -> Answer:
    """The twelve texts: of months without a share a dash for targets, 0 for cash."""
    empty = "0" if isinstance(isian, Kas) else "-"
    menjadi, kumulatif, total = [""] * BULAN, [""] * BULAN, 0
    for place in isian.places:
        value = parts.months[place]
        total += value or 0
        kumulatif[place] = isian.show(total)
        menjadi[place] = isian.show(value) if value is not None else empty
        if place in parts.kept and value is None:
            menjadi[place] = isian.texts[place] or ""
    off = isian.year.total - total
    changes = tuple(isian.changes(parts)) if off == 0 else ()
    sentence = _sentence(isian, parts, off)
    return Answer(tuple(menjadi), tuple(kumulatif), isian.show(total), sentence, off == 0, changes, weights)


def _sentence(isian: Kas | Target, parts: Parts, off: int) -> str:
    money = "Rp " if isinstance(isian, Kas) else ""
    if off:
        word = "kurang" if off > 0 else "lebih"
        return f"Jumlah {word} {money}{isian.show(abs(off))} dari {isian.NOUN}."
    sentence = f"Jumlah tepat sama dengan {isian.NOUN}."
    if parts.rest_at is not None:
        names = dict(zip(isian.places, place_names(isian.places), strict=True))
        return f"{sentence} Sisa {money}{isian.show(parts.rest)} masuk ke {names[parts.rest_at]}."
    return sentence


def _stated(isian: Teks, ask: Ask) -> Answer:
    """A target that is stated month by month: there is no sum that could be wrong."""
    if ask.cara is Cara.LANJUT:
        texts = isian.texts_onward(tuple(ask.months))
    else:
        months = (isian.places[-1],) if ask.cara is Cara.AKHIR else tuple(ask.months)
        if not months:
            raise PlanError("Pilih sedikitnya satu bulan.")
        texts = isian.texts_with(months, keep=ask.keep)
    stated = sum(1 for old, new in zip(isian.texts, texts, strict=True) if old != new)
    what = "triwulan" if tuple(isian.places) == QUARTER_ENDS else "bulan"
    sentence = f"{stated} {what} berubah." if stated else "Tidak ada yang berubah."
    return Answer(tuple(t or "" for t in texts), ("",) * BULAN, "", sentence, True, tuple(isian.write(texts)))
