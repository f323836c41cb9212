"""Pages of a PDF as pictures: the right size, from any thread, only while it is open."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from sat_desktop.reporting.page_pictures import PdfPages


def document(pages: int = 2) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for page in range(pages):
        canvas.setPageSize(landscape(A4) if page else A4)
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 0, 100, 100, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_page_is_drawn_in_its_size_with_red_first_and_nothing_transparent() -> None:
    pages = PdfPages(document())
    assert [tuple(round(v) for v in size) for size in pages.sizes] == [(595, 842), (842, 595)]
    pixels, width, height = pages.draw(0, 2)
    assert (width, height) == (1191, 1684)
    assert len(pixels) == width * height * 4
    last_row = (height - 1) * width * 4
    assert pixels[last_row : last_row + 4] == b"\xff\x00\x00\xff"
    assert pixels[:4] == b"\xff\xff\xff\xff"
    pages.close()


def test_a_huge_scale_does_not_eat_the_memory() -> None:
    pages = PdfPages(document())
    _, width, height = pages.draw(0, 1000)
    assert max(width, height) <= 6001
    pages.close()


def test_many_threads_draw_the_same_pictures() -> None:
    pages = PdfPages(document(6))
    alone = [pages.draw(n, 1) for n in range(6)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda n: pages.draw(n, 1), [*range(6)] * 5)) == alone * 5
    pages.close()


def test_a_closed_document_refuses_instead_of_crashing() -> None:
    pages = PdfPages(document())
    pages.close()
    pages.close()
    with pytest.raises(ValueError, match="0"):
        pages.draw(0, 1)
