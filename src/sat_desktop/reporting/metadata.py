"""What a document says of itself: title, author, date; XMP, and the colour space it means.

PDF/UA-1 and PDF/A-2a both ask for the same facts in an XMP packet; PDF/A names the conformance and
must describe the schema of the PDF/UA mark, which it does not know.
"""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from xml.sax.saxutils import escape

from sat_desktop.reporting.typography import one_line

PRODUCER = "SAT Desktop"


@dataclass(frozen=True, slots=True)
class DocumentMeta:
    """The facts about a document; `created` decides its bytes, so it is the user's date."""

    title: str
    author: str
    created: datetime
    subject: str = ""
    language: str = "pl"
    # What stands at the left of the footer, such as the unit or the case number.
    footer: str = ""

    @property
    def language_tag(self) -> str:
        """The language as BCP 47 has it."""
        return {"pl": "pl-PL", "en": "en-GB"}.get(self.language, self.language)

    @property
    def plain_title(self) -> str:
        """The title on one line; a document without one would not be accessible."""
        return one_line(self.title) or PRODUCER

    @property
    def moment(self) -> datetime:
        """`created` with a time zone; a date without one is taken as UTC."""
        return self.created if self.created.tzinfo else self.created.replace(tzinfo=UTC)

    def pdf_date(self) -> str:
        """Return the date as the Info dictionary writes it."""
        moment = self.moment.astimezone(UTC)
        return f"D:{moment:%Y%m%d%H%M%S}+00'00'"


_UA_SCHEMA = (
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType='Resource'>"
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType='Resource'>"
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289 that the file conforms to"
    "</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
)

_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}


def xmp(meta: DocumentMeta) -> bytes:
    """Return the XMP packet of a document."""

    def text(value: str) -> str:
        return escape(one_line(value))

    def alternatives(name: str, value: str) -> str:
        item = f"<rdf:li xml:lang='x-default'>{text(value)}</rdf:li>"
        return f"<{name}><rdf:Alt>{item}</rdf:Alt></{name}>" if value else ""

    date = meta.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    spaces = " ".join(f"xmlns:{prefix}='{uri}'" for prefix, uri in _NAMESPACES.items())
    return "\n".join(
        (
            "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>",
            "<x:xmpmeta xmlns:x='adobe:ns:meta/'>",
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>",
            f"<rdf:Description rdf:about='' {spaces}>",
            "<pdfuaid:part>1</pdfuaid:part>",
            "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
            "<dc:format>application/pdf</dc:format>",
            alternatives("dc:title", meta.plain_title),
            alternatives("dc:description", meta.subject),
            f"<dc:creator><rdf:Seq><rdf:li>{text(meta.author)}</rdf:li></rdf:Seq></dc:creator>",
            f"<dc:language><rdf:Bag><rdf:li>{meta.language_tag}</rdf:li></rdf:Bag></dc:language>",
            f"<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>",
            f"<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>",
            f"<pdf:Producer>{PRODUCER}</pdf:Producer>",
            _UA_SCHEMA,
            "</rdf:Description></rdf:RDF></x:xmpmeta>",
            "<?xpacket end='w'?>",
        )
    ).encode("utf-8")


@cache
def srgb_profile() -> bytes:
    """Return an ICC profile of sRGB, the same bytes whenever it is made."""
    from PIL import ImageCms

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # Bytes 24-35 hold the moment of making, 84-99 an optional checksum over the profile.
    profile[24:36] = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    profile[84:100] = bytes(16)
    return bytes(profile)
