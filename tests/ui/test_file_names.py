"""Names for files: whatever users call things, any system can store them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sat_desktop.ui.file_names import file_name


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("PRI Gmina Żółw 2027-2030", "PRI Gmina Żółw 2027-2030.pdf"),
        ("a/b\\c: d?", "a b c d.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ("CON", "_CON.pdf"),
        ("  ", "_.pdf"),
    ],
)
def test_names_that_some_system_refuses_are_mended(words: str, expected: str) -> None:
    assert file_name(words, ".pdf") == expected


@given(st.text())
def test_any_text_gives_a_name_in_one_folder(words: str) -> None:
    name = file_name(words, ".pdf")
    assert not set(name) & set('<>:"/\\|?*\0\n\r')
    assert name.endswith(".pdf")
    assert name[0] not in " ."
    assert len(name) <= 130
