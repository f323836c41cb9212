import json
import stat
from pathlib import Path

import pytest

from sat_desktop.errors import SatError
from sat_desktop.runtime.files import atomic_write
from sat_desktop.runtime.folding import fold, matches
from sat_desktop.runtime.paths import config_folder, data_folder, log_folder, settings_file
from sat_desktop.runtime.settings import Settings, SettingsFile


def test_what_is_chosen_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.json"
    SettingsFile(path).change(language="en", text_scale=175, last_assessment="abc")
    again = SettingsFile(path)
    assert again.current == Settings(language="en", text_scale=175, last_assessment="abc")
    assert again.set_aside is None


@pytest.mark.parametrize("content", [b"{", b"\xff\x00", b"[1]", b"", b"[" * 100_000])
def test_a_damaged_file_is_moved_aside_not_lost(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    opened = SettingsFile(path)
    assert opened.current == Settings()
    assert opened.set_aside == tmp_path / "settings.damaged-1.json"
    assert opened.set_aside.read_bytes() == content
    assert not path.exists()


def test_a_second_damaged_file_does_not_replace_the_first(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for content in (b"one", b"two"):
        path.write_bytes(content)
        SettingsFile(path)
    assert (tmp_path / "settings.damaged-1.json").read_bytes() == b"one"
    assert (tmp_path / "settings.damaged-2.json").read_bytes() == b"two"


def test_one_bad_value_falls_back_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(
        json.dumps({"language": "xx", "scheme": "dark", "text_scale": 900, "geometry": 5}),
        encoding="utf-8",
    )
    assert SettingsFile(path).current == Settings(scheme="dark", text_scale=200)


@pytest.mark.parametrize("scale", [True, "150", 1.5, None])
def test_a_text_scale_of_another_kind_is_not_used(tmp_path: Path, scale: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"text_scale": scale}), encoding="utf-8")
    assert SettingsFile(path).current.text_scale == 100


def test_keys_of_a_newer_version_survive(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 7, "projector": "HDMI"}), encoding="utf-8")
    SettingsFile(path).change(language="en")
    assert json.loads(path.read_text(encoding="utf-8"))["projector"] == "HDMI"


def test_nothing_is_written_where_nothing_changes(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    SettingsFile(path).change(language="pl")
    assert not path.exists()


def test_a_write_replaces_the_whole_file_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"old and longer")
    path.chmod(0o640)
    atomic_write(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_bytes(b"old")
    link.symlink_to(real)
    atomic_write(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_write_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(SatError) as caught:
        atomic_write(tmp_path / "file" / "below.json", b"y")
    assert caught.value.code == "file-not-written"
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(SatError):
        atomic_write(folder, b"y")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_the_folders_are_the_users_own() -> None:
    for path in (config_folder(), data_folder(), log_folder()):
        assert "SAT Desktop" in path.parts
    assert settings_file().parent == config_folder()


def test_search_ignores_case_accents_and_the_polish_l() -> None:
    assert fold("  ŁÓDŹ  Żółć ") == "lodz zolc"
    assert matches(fold("zrodlo danych"), "Źródło wiarygodnych danych")
    assert not matches(fold("dane koszty"), "Źródło danych")


def test_the_writer_that_another_part_of_the_program_made_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    window, worker = SettingsFile(path), SettingsFile(path)
    worker.change(writer="4656196e")
    window.change(language="en")
    assert (window.current.writer, SettingsFile(path).current.writer) == ("4656196e", "4656196e")
    assert SettingsFile(path).current.language == "en"
