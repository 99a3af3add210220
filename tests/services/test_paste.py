"""Pasted cells: what is typed for them, what cannot be read, what is asked."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import PlanError
from services.angka import Style, decide_style, parse_angka
from services.paste import Reading, Target, correct, read
from services.paste_cell import Doubt, Fault, Kind, read_cell
from services.paste_cells import Pasted
from services.rupiah import parse_rupiah
from services.tanggal import MONTHS

KINDS: list[Kind] = ["rupiah", "target", "text"]
messy = st.text("0123456789.,-–()%RrPpOoIl#E+' \u00a0\u2009abc/:!=١\n", max_size=16)


def into(kind: Kind, annual: str | None = None, old: str = "", column: str = "Desember") -> Target:
    return Target(kind, "Jumlah dokumen", column, old, annual)


def one(cell: str, kind: Kind, annual: str | None = None) -> Reading:
    return read([[cell]], [[into(kind, annual)]])


def typed(cell: str, kind: Kind) -> str | None:
    reading = one(cell, kind)
    assert not reading.unreadable
    assert not reading.questions
    return reading.texts[0][0]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Rp 75.144.905,-", "75.144.905"),
        ("75,144,905.00", "75.144.905"),
        ("\u00a0Rp\u00a0 75\u2009144\u202f905 ", "75.144.905"),
        ("'00123", "123"),
        ("10.000", "10.000"),
        (" - ", "-"),
        ("Rp   -", "-"),
        ("0", "0"),
        ("", ""),
        ("\u00a0", ""),
        (Pasted("1,5E+07", Decimal(15000000)), "15.000.000"),
        (Pasted("75.144.906", Decimal("75144905.5")), "75.144.906"),
    ],
)
def test_money_is_read_as_spreadsheets_show_it(cell: str, text: str) -> None:
    assert typed(cell, "rupiah") == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("6.75", "6,75"),
        ("27.00", "27,00"),
        ("19,5", "19,5"),
        ("1,234,567.5 ton", "1.234.567,5 ton"),
        ("1.234.567", "1.234.567"),
        ("1\u00a0000\u00a0000", "1.000.000"),
        ("(1.000,5)", "-1.000,5"),
        ("− 5", "-5"),
        ("25%", "25%"),
        (Pasted("25%", Decimal("0.25")), "25%"),
        ("3 laporan", "3 laporan"),
        ("20 orang 10 koperasi", "20 orang 10 koperasi"),
        ("BB", "BB"),
        ("Terlaksana", "Terlaksana"),
        ("–", "-"),
        ("250", "250"),
        (Pasted("1.000,0", Decimal(1000)), "1.000,0"),
        (Pasted("6.75", Decimal("6.75")), "6,75"),
    ],
)
def test_targets_are_read_as_spreadsheets_show_them(cell: str, text: str) -> None:
    assert typed(cell, "target") == text


@pytest.mark.parametrize(("number", "value"), [(1000, 1000), (1, 1)])
def test_the_number_behind_a_doubtful_target_tells_what_it_means(number: int, value: int) -> None:
    text = typed(Pasted("1.000", Decimal(number)), "target")
    assert text is not None
    angka = parse_angka(text, Style.INDONESIAN)
    assert angka is not None
    assert angka.value == value


@pytest.mark.parametrize(
    ("cell", "kind", "reason", "proposal"),
    [
        ("13.5O", "target", "13.5O berisi huruf O, bukan angka nol.", "13,50"),
        ("1l", "target", "1l berisi huruf l, bukan angka satu.", "11"),
        ("7O.000", "rupiah", "7O.000 berisi huruf O, bukan angka nol.", "70.000"),
        ("####", "target", "####, kolom di Excel terlalu sempit.", None),
        ("##########", "rupiah", "####, kolom di Excel terlalu sempit.", None),
        (Pasted("###", Decimal("12.25")), "target", "###, kolom di Excel terlalu sempit.", "12,25"),
        ("#REF!", "text", "#REF!, rumus di Excel rusak.", None),
        ("#DIV/0!", "target", "#DIV/0!, rumus di Excel membagi dengan nol.", None),
        ("#N/A", "rupiah", "#N/A, rumus di Excel tidak menemukan nilai.", None),
        ("Err:502", "target", "Err:502, rumus di Excel rusak.", None),
        ("(1.000)", "rupiah", "(1.000) kurang dari nol; uang tidak boleh negatif.", None),
        ("-1.000,5", "rupiah", "-1.000,5 kurang dari nol; uang tidak boleh negatif.", None),
        ("75.144.905,50", "rupiah", "75.144.905,50 memuat pecahan; uang ditulis dalam rupiah bulat.", "75.144.906"),
        ("3 laporan", "rupiah", "3 laporan bukan angka rupiah.", None),
        ("25%", "rupiah", "25% bukan angka rupiah.", None),
        ("02-Jan", "target", "02-Jan, Excel mengubahnya menjadi tanggal; ketik yang dimaksud.", None),
        ("2022-01-02", "rupiah", "2022-01-02, Excel mengubahnya menjadi tanggal; ketik yang dimaksud.", None),
        ("1,5E+07", "rupiah", "1,5E+07 disingkat Excel; pastikan angka lengkapnya.", "15.000.000"),
        ("1.5E+07", "target", "1.5E+07 disingkat Excel; pastikan angka lengkapnya.", "15.000.000"),
        (Pasted("1E+20", Decimal(10**20)), "target", "1E+20 disingkat Excel; pastikan angka lengkapnya.", None),
        ("1.23.456", "target", "1.23.456 tidak jelas; ribuan dipisah tiap tiga angka.", None),
        ("١٢٣", "target", "١٢٣ bukan angka.", None),
        (
            Pasted("75.145", Decimal(75144905)),
            "rupiah",
            "75.145 tampil di Excel, tetapi isinya 75.144.905.",
            "75.144.905",
        ),
    ],
)
def test_what_cannot_be_read_has_a_reason_and_keeps_the_old_text(
    cell: str, kind: Kind, reason: str, proposal: str | None
) -> None:
    reading = one(cell, kind)
    assert [(p.reason, p.proposal) for p in reading.unreadable] == [(reason, proposal)]
    assert reading.texts == [[None]]


def test_texts_lose_odd_spaces_only() -> None:
    assert typed("'00123", "text") == "00123"
    assert typed(" Dinas\u00a0 Koperasi \r\n UKM ", "text") == "Dinas Koperasi\nUKM"
    assert typed("02-Jan", "text") == "02-Jan"
    assert one("a" * 5000, "text").unreadable[0].proposal == "a" * 4000


@pytest.mark.parametrize(
    ("annual", "style"),
    [("1000", Style.INDONESIAN), ("1,50", Style.ENGLISH), (None, Style.INDONESIAN), ("800 dokumen", Style.INDONESIAN)],
)
def test_the_yearly_target_proposes_what_a_thousand_means(annual: str | None, style: Style) -> None:
    question = one("1.000", "target", annual).questions[0]
    assert question.proposal is style
    assert [choice.label for choice in question.choices] == ["seribu (1.000)", "satu (1,000)"]
    assert question.example == "1.000"


def test_the_row_proposes_when_there_is_no_yearly_target() -> None:
    targets = [[into("target", None, column=month) for month in MONTHS[:3]]]
    assert read([["250", "750", "1.000"]], targets).questions[0].proposal is Style.INDONESIAN
    assert read([["0,25", "0,75", "1.000"]], targets).questions[0].proposal is Style.ENGLISH


def test_the_writing_of_the_column_proposes_when_the_sizes_say_nothing() -> None:
    targets = [[into("target")] for _ in range(3)]
    assert read([["6.75"], ["1.50"], ["1.000"]], targets).questions[0].proposal is Style.ENGLISH
    assert read([["6,75"], ["1,50"], ["1.000"]], targets).questions[0].proposal is Style.INDONESIAN


def test_a_column_is_asked_once_and_the_answer_goes_for_all_its_cells() -> None:
    cells = [["1.000", "5"], ["2.500", "1,250"]]
    targets = [[into("target", column="Januari"), into("target", column="Februari")] for _ in cells]
    reading = read(cells, targets, {0: Style.ENGLISH, 1: Style.INDONESIAN})
    assert [question.column for question in reading.questions] == [0, 1]
    assert [row[0] for row in reading.texts] == ["1,00", "2,50"]
    other = read(cells, targets, {0: Style.INDONESIAN, 1: Style.ENGLISH})
    values = [parse_angka(row[0] or "", Style.INDONESIAN) for row in other.texts]
    assert [angka.value for angka in values if angka] == [1000, 2500]
    last = parse_angka(other.texts[1][1] or "", Style.INDONESIAN)
    assert last is not None
    assert last.value == 1250


def test_money_and_texts_are_never_asked_about() -> None:
    assert not read([["1.000", "1.000"]], [[into("rupiah"), into("text")]]).questions


def test_a_thousand_in_a_row_written_the_english_way_is_typed_without_its_dot() -> None:
    reading = read([["1.000"]], [[into("target", "27.00")]], {0: Style.INDONESIAN})
    assert reading.texts == [["1000"]]
    year = [["250,5", *["1.000"] * 11]]
    whole = read(year, [[into("target", "1000", column=m) for m in MONTHS]], dict.fromkeys(range(12), Style.INDONESIAN))
    assert whole.texts == year


def test_cells_that_go_nowhere_are_left_out() -> None:
    reading = read([["a", "#REF!", "5"], ["6"]], [[into("text"), None]])
    assert reading.texts == [["a", None, None], [None]]
    assert not reading.unreadable
    assert reading.count == 1


@pytest.mark.parametrize(
    ("text", "kind", "out"),
    [("13,50", "target", "13,50"), ("1.000", "target", "1.000"), ("2 Januari 2022", "target", "2 Januari 2022")],
)
def test_what_is_typed_instead_is_read_as_indonesian(text: str, kind: Kind, out: str) -> None:
    assert correct(text, into(kind)) == out


def test_what_is_typed_instead_may_still_be_refused() -> None:
    with pytest.raises(PlanError, match=r"abc bukan angka rupiah\."):
        correct("abc", into("rupiah"))


@given(messy | st.text(max_size=20), st.sampled_from(KINDS), st.sampled_from([None, *list(Style)[:2]]))
def test_every_cell_gives_a_text_a_fault_or_a_doubt(cell: str, kind: Kind, style: Style | None) -> None:
    found = read_cell(cell, kind, style)
    assert isinstance(found, str | Fault | Doubt)
    if isinstance(found, Doubt):
        assert style is None
        assert kind == "target"
    if isinstance(found, Fault):
        assert found.reason.endswith(".")
        if found.proposal is not None:
            assert correct(found.proposal, into(kind)) == found.proposal
    elif isinstance(found, str) and kind == "rupiah":
        parse_rupiah(found)


@given(
    st.lists(st.integers(0, 999_999_999).map(lambda n: Decimal(n) / 1000), min_size=1, max_size=12, unique=True),
    st.sampled_from([Style.INDONESIAN, Style.ENGLISH]),
    st.sampled_from([None, "27.00", "1.000,5", "1.000"]),
)
def test_what_is_typed_is_read_back_as_the_numbers_that_were_copied(
    numbers: list[Decimal], style: Style, annual: str | None
) -> None:
    swap = str.maketrans(".,", ",.") if style is Style.INDONESIAN else {}
    cells = [f"{n:,}".translate(swap) for n in numbers]
    targets = [[into("target", annual, column=month) for month, _ in zip(MONTHS, cells, strict=False)]]
    row = read([cells], targets, dict.fromkeys(range(12), style)).texts[0]
    back = decide_style([annual, *row])
    values = [angka.value for text in row if text is not None and (angka := parse_angka(text, back))]
    assert values == numbers


@given(st.lists(st.lists(messy, max_size=6), max_size=6), st.sampled_from(KINDS))
def test_any_block_is_read_in_its_own_shape(cells: list[list[str]], kind: Kind) -> None:
    reading = read(cells, [[into(kind)] * len(row) for row in cells])
    assert [len(row) for row in reading.texts] == [len(row) for row in cells]
    assert reading.count + len(reading.unreadable) == sum(map(len, cells))
    assert all(a.column < b.column for a, b in pairwise(reading.questions))
