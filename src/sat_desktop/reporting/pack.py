"""The last step of a document: what reportlab cannot say, and object streams.

reportlab writes every structure element as an object of its own, uncompressed. pikepdf puts them into
object streams (a fifth of the size), and the catalogue gets its XMP packet and output intent here,
where a plain stream is a plain stream.
"""

import io
import re
import threading
import zlib
from typing import BinaryIO, Final

import pikepdf

from sat_desktop.reporting.metadata import PRODUCER, DocumentMeta, srgb_profile, xmp
from sat_desktop.reporting.typography import one_line

_LARGE: Final = 2_000_000
"""Bytes as drawn from which on packing would be felt by threads that wait for the interpreter."""

_AMBIGUOUS = re.compile(rb"[\r\n]\nendstream")


def pack(drawn: bytes, meta: DocumentMeta, target: BinaryIO) -> None:
    """Write the document that reportlab drew to `target`, complete and small.

    The file identifier is derived from the content, so equal content gives equal bytes.
    """
    beside_a_window = threading.current_thread() is not threading.main_thread()
    if len(drawn) >= _LARGE and beside_a_window:
        target.write(_packed_elsewhere(drawn, meta))
    else:
        target.write(_packed(drawn, meta))


def _packed_elsewhere(drawn: bytes, meta: DocumentMeta) -> bytes:
    """Pack in a process of its own.

    pikepdf does not let go of the interpreter while it saves: half a second in which no window of
    this process would answer, for a plan of 300 undertakings.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            return pool.submit(_packed, drawn, meta).result()
    except (OSError, BrokenProcessPool):
        # Where no other process can be had, waiting is better than no document.
        return _packed(drawn, meta)


def _packed(drawn: bytes, meta: DocumentMeta) -> bytes:
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        metadata = pdf.make_stream(xmp(meta))
        metadata.Type, metadata.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        pdf.Root.Metadata = metadata
        profile = pdf.make_stream(srgb_profile(), N=3)
        pdf.Root.OutputIntents = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.OutputIntent,
                    S=pikepdf.Name.GTS_PDFA1,
                    OutputConditionIdentifier="sRGB",
                    Info="sRGB IEC61966-2.1",
                    DestOutputProfile=profile,
                )
            ]
        )
        del pdf.docinfo
        facts = {
            "Title": meta.plain_title,
            "Author": one_line(meta.author),
            "Subject": one_line(meta.subject),
            "Creator": PRODUCER,
            "Producer": PRODUCER,
            "CreationDate": meta.pdf_date(),
            "ModDate": meta.pdf_date(),
        }
        info = pikepdf.Dictionary({f"/{name}": value for name, value in facts.items() if value})
        pdf.trailer.Info = pdf.make_indirect(info)
        if "/ID" in pdf.trailer:
            del pdf.trailer["/ID"]
        _compress(pdf)
        return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """Return the file, with no compressed stream that ends in a carriage return.

    Such an end and the line feed before `endstream` look like one line end to some checkers, who then
    find the length wrong. Numbering the objects otherwise makes other streams of the same content.
    """
    data = b""
    for name in ("", "OutputIntents", "ViewerPreferences", "MarkInfo", "Names"):
        if name and f"/{name}" not in pdf.Root:
            continue
        if name:
            pdf.Root[f"/{name}"] = pdf.make_indirect(pdf.Root[f"/{name}"])
        file = io.BytesIO()
        pdf.save(
            file,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
            min_version="1.7",
            # The packet says all it must; pikepdf would rewrite it to name the version.
            fix_metadata_version=False,
        )
        data = file.getvalue()
        if not _AMBIGUOUS.search(data):
            break
    return data


def _compress(pdf: pikepdf.Pdf) -> None:
    """Compress what reportlab wrote, with ends as `_saved` wants them: white space changes them."""
    streams = [page.Contents for page in pdf.pages]
    for font in pdf.pages[0].Resources.get("/Font", pikepdf.Dictionary()).values():
        if "/ToUnicode" in font:
            streams.append(font.ToUnicode)
        if "/FontDescriptor" in font and "/FontFile2" in font.FontDescriptor:
            streams.append(font.FontDescriptor.FontFile2)
    for stream in streams:
        content = stream.read_bytes()
        packed = zlib.compress(content)
        while packed[-1:] in {b"\r", b"\n"}:
            content += b"\n"
            packed = zlib.compress(content)
        if "/Length1" in stream:
            stream.Length1 = len(content)
        stream.write(packed, filter=pikepdf.Name.FlateDecode)
