"""The institutional development plan as a PDF: written, read back, and only then handed over."""

import io

from sat_desktop.domain.document import PlanDocument
from sat_desktop.reporting.plan.story import plan_meta, plan_story
from sat_desktop.reporting.plan.verification import verify_plan
from sat_desktop.reporting.template import build
from sat_desktop.runtime.i18n import language_of


def write_plan_pdf(document: PlanDocument) -> bytes:
    """Return the plan as a tagged PDF (PDF/UA-1, PDF/A-2a); the same data give the same bytes.

    Raises:
        SatError: `document-mismatch` when a number on a page is not the number of the data.
    """
    language = language_of(document.assessment.language)
    out = io.BytesIO()
    build(out, plan_story(document, language), plan_meta(document, language))
    content = out.getvalue()
    verify_plan(content, document, language)
    return content
