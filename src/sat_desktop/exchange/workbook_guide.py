"""What the first sheet of a questionnaire's workbook says to the person who edits it."""


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues."""
    return sentence


def guide_lines() -> tuple[tuple[str, str], ...]:
    """Return labels with what is said to them, as sentences of the catalogue."""
    return (
        (
            _("What this is"),
            _(
                "One whole questionnaire, spread over sheets. Change it here, save it as .xlsx and import it into the"
                " program. Importing changes nothing if there is a mistake: every one is named with its cell."
            ),
        ),
        (
            _("Headings"),
            _(
                "Point at a heading to read what belongs below it. What has a dark heading must be filled in,"
                " what has a pale one may stay empty. Of Polish and English one is enough, but a finished"
                " questionnaire has both."
            ),
        ),
        (
            _("Rows"),
            _(
                "The order of rows is the order in which things are shown. New rows may be put in anywhere; blank ones"
                " are skipped."
            ),
        ),
        (
            _("Ids"),
            _(
                "Answers refer to ids. Whatever keeps its meaning keeps its id, also when its words change;"
                " whatever gets another meaning gets a new one."
            ),
        ),
        (
            _("Version"),
            _(
                "An edition that is in a workspace never changes. Give a changed text a higher version before you"
                " import it."
            ),
        ),
        (
            _("Another text"),
            _(
                "To load a text that is not the program's own, clear the rows of the sheets, keep their headings"
                " and paste the text in. Levels and tiers may be others too: each tier has a sheet of its own,"
                " which the sheet of tiers names."
            ),
        ),
        (
            _("What must stay"),
            _(
                "The names of sheets and headings; columns may be moved. Cells must not be merged."
                " A sheet or a heading that begins with # is your own and is not read."
            ),
        ),
        (
            _("Numbers"),
            _(
                "Ids, codes and versions are texts: 1.10 stays 1.10. Weights and shares are written as 2, 0.5 or 1/3."
            ),
        ),
    )
