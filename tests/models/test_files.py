"""Files appear whole or not at all."""

import os
import platform
import re
import sys
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import files
from models.errors import PlanError
from models.files import part_name, remove_part, write_whole


def names(folder):
    return sorted(p.name for p in folder.iterdir())


@given(old=st.none() | st.binary(max_size=20), new=st.binary(max_size=20))
def test_a_written_file_holds_just_what_was_written(tmp_path_factory, old, new):
    target = tmp_path_factory.mktemp("tulis") / "berkas.json"
    if old is not None:
        target.write_bytes(old)
    write_whole(target, lambda out: out.write(new))
    assert target.read_bytes() == new
    assert names(target.parent) == ["berkas.json"]


@pytest.mark.parametrize("old", [None, b"lama"])
def test_a_writer_that_fails_half_way_leaves_what_was_there(tmp_path, old):
    folder = tmp_path / "tulis"
    folder.mkdir()
    target = folder / "berkas.pdf"
    if old is not None:
        target.write_bytes(old)

    def half(out):
        out.write(b"separuh")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_whole(target, half)
    assert names(folder) == (["berkas.pdf"] if old else [])
    assert old is None or target.read_bytes() == old


def test_a_full_disk_is_a_sentence_and_leaves_the_old_file(tmp_path, full_disk):
    folder = tmp_path / "tulis"
    folder.mkdir()
    target = folder / "berkas.pdf"
    target.write_bytes(b"lama")
    with full_disk(), pytest.raises(PlanError, match=r"berkas\.pdf"):
        write_whole(target, lambda out: out.write(b"baru"))
    assert names(folder) == ["berkas.pdf"]
    assert target.read_bytes() == b"lama"
    write_whole(target, lambda out: out.write(b"baru"))
    assert target.read_bytes() == b"baru"


def test_a_missing_folder_is_a_sentence_and_is_not_made(tmp_path):
    target = tmp_path / "dilepas" / "berkas.json"
    with pytest.raises(PlanError, match="tidak ada"):
        write_whole(target, lambda out: out.write(b"x"))
    assert not target.parent.exists()


def test_a_folder_that_is_a_file_is_a_sentence(tmp_path):
    (tmp_path / "berkas").write_bytes(b"isi")
    with pytest.raises(PlanError):
        write_whole(tmp_path / "berkas" / "x.json", lambda out: out.write(b"x"))
    assert (tmp_path / "berkas").read_bytes() == b"isi"


def test_a_folder_of_that_name_is_a_sentence_and_stays(tmp_path):
    folder = tmp_path / "tulis"
    (folder / "nama").mkdir(parents=True)
    with pytest.raises(PlanError, match="adalah folder"):
        write_whole(folder / "nama", lambda out: out.write(b"x"))
    assert names(folder) == ["nama"]


@pytest.mark.parametrize("length", [251, 300])
def test_a_name_too_long_is_a_sentence_and_leaves_nothing(tmp_path, length):
    folder = tmp_path / "tulis"
    folder.mkdir()
    with pytest.raises(PlanError):
        write_whole(folder / ("n" * length + ".json"), lambda out: out.write(b"x"))
    assert names(folder) == []


def test_a_reader_never_sees_half_a_file(tmp_path):
    target = tmp_path / "berkas.bin"
    wholes = [bytes([n]) * 100_000 for n in range(40)]
    target.write_bytes(wholes[0])
    seen = set()
    done = threading.Event()

    def read():
        while not done.is_set():
            seen.add(target.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for whole in wholes:
            write_whole(target, lambda out, whole=whole: (out.write(whole[:50_000]), out.write(whole[50_000:])))
    finally:
        done.set()
        reader.join()
    assert seen <= set(wholes)
    assert seen


def test_two_writers_of_one_file_never_mix(tmp_path):
    folder = tmp_path / "bersama"
    folder.mkdir()
    target = folder / "berkas.bin"
    wholes = [bytes([n]) * 50_000 for n in range(4)]
    seen, failed = set(), []

    def write(whole):
        for _ in range(10):
            try:
                write_whole(target, lambda out: [out.write(whole[:10_000]) for _ in range(5)])
            except PlanError as error:
                failed.append(str(error))
            seen.add(target.read_bytes())

    writers = [threading.Thread(target=write, args=(whole,)) for whole in wholes]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert seen <= set(wholes)
    assert failed == []
    assert names(folder) == ["berkas.bin"]


@pytest.mark.skipif(sys.platform == "win32", reason="makes links that lead nowhere")
def test_a_part_goes_although_those_of_others_vanish_meanwhile(tmp_path):
    target = tmp_path / "rencana.db"
    part = part_name(target)
    for _ in range(20):
        part_name(target).symlink_to(tmp_path / "tidak-ada")
    part.write_bytes(b"isi")
    remove_part(part)
    assert not part.exists()


def test_the_temporary_name_is_hidden_beside_the_target(tmp_path):
    folder = tmp_path / "tulis"
    folder.mkdir()
    write_whole(folder / "berkas.pdf", lambda out: out.write("\n".join(names(folder)).encode()))
    assert re.fullmatch(
        r"\.berkas\.pdf-[0-9a-f]{8}-[0-9a-f]{8}\.tmp", (folder / "berkas.pdf").read_text(encoding="utf-8")
    )


def test_a_turn_that_a_switched_off_computer_left_is_taken_after_a_while(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "TURN", 0.2)
    target = tmp_path / "rencana.db"
    with files.turn_at(target):
        (note,) = tmp_path.iterdir()
        left = note.read_text().replace(str(os.getpid()), "4242").replace(platform.node(), "pc-lain")
    note.write_text(left)
    with files.turn_at(target):
        target.write_bytes(b"baru")
    assert list(tmp_path.iterdir()) == [target]


def test_a_turn_of_a_program_that_is_at_it_is_waited_for(tmp_path):
    target, order = tmp_path / "rencana.db", []
    begun = threading.Event()

    def first():
        with files.turn_at(target):
            begun.set()
            order.append("mulai")
            time.sleep(0.05)
            order.append("selesai")

    thread = threading.Thread(target=first)
    thread.start()
    begun.wait()
    with files.turn_at(target):
        order.append("berikut")
    thread.join()
    assert order == ["mulai", "selesai", "berikut"]
