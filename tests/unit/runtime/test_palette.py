"""Contrast and colour blindness, computed for every pair the window may put together."""

import itertools
import math

import pytest

from sat_desktop.runtime.palette import (
    BACKGROUND_ROLES,
    SCHEMES,
    TEXT_PAIRS,
    contrast,
    ink_on,
    level_colours,
    luminance,
    palette,
)

# Linear-light matrices of Machado, Oliveira and Fernandes (2009), full severity.
Matrix = tuple[tuple[float, float, float], ...]
BLINDNESS: dict[str, Matrix] = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def grey(colour: str) -> float:
    """CIE lightness, 0..100, of what a grey printer leaves of a colour."""
    share = luminance(colour)
    return 903.3 * share if share <= 0.008856 else 116 * share ** (1 / 3) - 16


def seen(colour: str, matrix: Matrix) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of a colour as such an eye sees it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in matrix
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_words_can_be_read(scheme: str) -> None:
    colours = palette(scheme)
    least = 7.0 if scheme == "high-contrast" else 4.5
    poor = {
        (text, ground): round(contrast(getattr(colours, text), getattr(colours, ground)), 2)
        for text, ground in TEXT_PAIRS
        if contrast(getattr(colours, text), getattr(colours, ground)) < least
    }
    assert not poor


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_marks_and_series_can_be_seen(scheme: str) -> None:
    colours = palette(scheme)
    for role in ("control", "focus", "present", "wanted", "model"):
        for ground in BACKGROUND_ROLES[:3]:
            ratio = contrast(getattr(colours, role), getattr(colours, ground))
            assert ratio >= 3, (role, ground, ratio)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("levels", "step"), [(2, 12), (3, 9), (5, 5), (10, 2)])
def test_levels_differ_in_grey_and_to_every_eye(scheme: str, levels: int, step: int) -> None:
    colours = level_colours(scheme, levels)
    assert len(colours) == levels + 1
    lights = [grey(colour) for colour in colours]
    assert lights == sorted(lights, reverse=scheme == "light")
    for one, other in itertools.pairwise(colours):
        assert abs(grey(one) - grey(other)) >= step, lights
        for eye, matrix in BLINDNESS.items():
            assert math.dist(seen(one, matrix), seen(other, matrix)) >= step, eye


@pytest.mark.parametrize("scheme", SCHEMES)
def test_levels_stand_out_from_the_page_and_carry_words(scheme: str) -> None:
    for colour in level_colours(scheme, 10):
        assert contrast(colour, palette(scheme).surface) >= 3
        assert contrast(ink_on(colour), colour) >= 4.5
