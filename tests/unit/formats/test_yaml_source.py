"""YAML that anybody may have written: what is refused, and where the message points."""

import pytest

from sat_desktop.formats import yaml_source
from sat_desktop.formats.yaml_source import SourceError, load, parse


def refusals(content: bytes | str) -> list[tuple[str, str]]:
    data = content.encode() if isinstance(content, str) else content
    with pytest.raises(SourceError) as caught:
        parse("f.yaml", data)
    return [(p.code, p.where) for p in caught.value.problems]


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        ("a: 1\nb: &x 2\n", "yaml-anchor", "f.yaml:2"),
        ("\ufeffa: 1\nb: &x 2\n", "yaml-anchor", "f.yaml:2"),
        ("a: ł\r\nb: &x\r\n  c: 1\r\n", "yaml-anchor", "f.yaml:2"),
        ("&x a: 1\n", "yaml-anchor", "f.yaml:1"),
        ("a: *x\n", "yaml-anchor", "f.yaml:1"),
        ("a: &x [*x]\n", "yaml-anchor", "f.yaml:1"),
        ("a: 1\nb: !!str 2\n", "yaml-tag", "f.yaml:2"),
        ("a: ! 2\n", "yaml-tag", "f.yaml:1"),
        ("a: ! {b: 1}\n", "yaml-tag", "f.yaml:1"),
        ("a: !<tag:yaml.org,2002:str> 2\n", "yaml-tag", "f.yaml:1"),
        ("a: !!python/object/apply:os.system ['true']\n", "yaml-tag", "f.yaml:1"),
        ("a:\n  - b: c: d\n", "yaml-syntax", "f.yaml:2"),
        ("a: 1\n\tb: 2\n", "yaml-syntax", "f.yaml:2"),
        ("a: 1\n---\nb: 2\n", "yaml-syntax", "f.yaml:2"),
        ("a: 1\nb: '\x07'\n", "yaml-character", "f.yaml:2"),
        ("", "yaml-empty", "f.yaml"),
        ("# nothing here\n", "yaml-empty", "f.yaml"),
        (b"a: 1\nb: \xb3\xf3d\xbc\n", "encoding-not-utf8", "f.yaml:2"),
        ("a: 1\n".encode("utf-16"), "encoding-not-utf8", "f.yaml:1"),
        (b"\x89PNG\r\n\0\0\0", "file-binary", "f.yaml"),
        (b"a: \0\n", "file-binary", "f.yaml"),
    ],
)
def test_refuses_with_the_line(content: bytes | str, code: str, where: str) -> None:
    assert refusals(content) == [(code, where)]


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? "])
def test_endless_nesting_stops_at_the_limit_instead_of_the_stack(opening: str) -> None:
    assert refusals(opening * 200_000) == [("yaml-too-deep", "f.yaml:1")]


def test_nesting_up_to_the_limit_is_read() -> None:
    depth = yaml_source.DEPTH_LIMIT - 1
    assert parse("f.yaml", b"[" * depth + b"x" + b"]" * depth).root is not None
    assert refusals("[" * (depth + 1) + "x" + "]" * (depth + 1)) == [("yaml-too-deep", "f.yaml:1")]


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert refusals("\n".join(lines)) == [("yaml-anchor", f"f.yaml:{n}") for n in range(1, 31)]


def test_every_anchor_and_tag_is_named() -> None:
    assert refusals("a: &x 1\nb: !!int 2\nc: [&y 3, 4]\n") == [
        ("yaml-anchor", "f.yaml:1"),
        ("yaml-tag", "f.yaml:2"),
        ("yaml-anchor", "f.yaml:3"),
    ]


def test_the_signs_inside_texts_are_only_texts() -> None:
    source = parse("f.yaml", b"a: R&D, 3 * 4!\nb: '&x'\nc: \"!y\"\nd: |\n  &z *z !z\n")
    assert [v.value for _, v in source.root.value] == ["R&D, 3 * 4!", "&x", "!y", "&z *z !z\n"]


def test_a_large_file_is_refused_before_it_is_parsed(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_source, "FILE_LIMIT", 20)
    path = tmp_path_factory.mktemp("large") / "f.yaml"
    path.write_text("a: '" + "x" * 16 + "'")
    with pytest.raises(SourceError) as caught:
        load(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.facts["size"]) == ("file-too-large", 21)
    path.write_text("a: '" + "x" * 15 + "'")
    assert load(path)[1] == 20
    with pytest.raises(SourceError) as caught:
        load(path, budget=19)
    assert [p.code for p in caught.value.problems] == ["folder-too-large"]


def test_a_file_that_cannot_be_opened_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(SourceError) as caught:
        load(tmp_path_factory.mktemp("none") / "f.yaml")
    assert [(p.code, p.where) for p in caught.value.problems] == [("file-unreadable", "f.yaml")]
