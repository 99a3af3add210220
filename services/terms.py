"""The levels of the two trees and of findings, and what they are called. Imports nothing, to be there at once."""

from typing import Literal

TINGKAT = (
    "tujuan",
    "sasaran_strategis",
    "sasaran_program",
    "sasaran_kegiatan",
    "sasaran_sub_kegiatan",
    "sasaran_individu",
)
JENIS = ("program", "kegiatan", "sub_kegiatan")
LEVEL_NAMES = {
    "tujuan": "Tujuan",
    "sasaran_strategis": "Sasaran strategis",
    "sasaran_program": "Sasaran program",
    "sasaran_kegiatan": "Sasaran kegiatan",
    "sasaran_sub_kegiatan": "Sasaran sub kegiatan",
    "sasaran_individu": "Sasaran individu",
    "program": "Program",
    "kegiatan": "Kegiatan",
    "sub_kegiatan": "Sub kegiatan",
}

Level = Literal["galat", "peringatan", "catatan"]
LEVELS: tuple[Level, ...] = ("galat", "peringatan", "catatan")
"""Worst first. galat: a line contradicts itself, or a pagu is not the sum of its children; peringatan: two lines
disagree in a period, or something is probably wrong or missing; catatan: worth a look."""
