"""The sentences of all error codes, in English; the catalogues hold the other languages.

A code maps to one sentence whose `{names}` are facts of the error. `SUGGESTIONS` adds what to do:
of several the first one is used whose facts are all there. Grouped by the room that raises them.
"""

from typing import Final


def _(sentence: str) -> str:
    """Mark a sentence for the catalogues; it is translated when it is shown."""
    return sentence


UNKNOWN: Final = _("This did not work ({code}).")
"""For a code that has no sentence; a test sees to it that none is left."""

SENTENCES: Final[dict[str, str]] = {
    # Questionnaire as a whole
    "questionnaire-invalid": _("The questionnaire {edition} contradicts itself."),
    "questionnaire-folder-invalid": _("The questionnaire in the folder “{folder}” cannot be used."),
    "questionnaire-format-newer": _(
        "The questionnaire is in format {format}; this version of the program reads formats up to {newest}."
    ),
    "questionnaire-json-invalid": _("The stored questionnaire cannot be read ({reason})."),
    "questionnaire-not-written": _(
        "The questionnaire was not written to “{folder}” ({reason}); nothing there was changed."
    ),
    "questionnaire-folder-taken": _("The folder “{folder}” is not empty; nothing was written."),
    # Its files
    "folder-missing": _("There is no folder “{folder}”."),
    "file-missing": _("There is no file “{file}” in the folder."),
    "file-name-unsafe": _("“{file}” is not the plain name of a file in this folder."),
    "file-outside": _("“{file}” is a link or no ordinary file of this folder; it is not read."),
    "file-repeated": _("The file “{file}” is named a second time."),
    "file-unused": _("No group names the file “{file}”, so it is not read."),
    "file-too-large": _("The file has {size} bytes; at most {limit} are read."),
    "folder-too-large": _("With this file the questionnaire has more than {limit} bytes in all."),
    "file-unreadable": _("The file cannot be opened ({reason})."),
    "file-binary": _("This is no text file."),
    "encoding-not-utf8": _("The text is not in UTF-8."),
    "yaml-syntax": _("This is not valid YAML: {reason}."),
    "yaml-character": _("The character {character} is not allowed in YAML."),
    "yaml-too-deep": _("Lists and mappings are nested more than {limit} deep."),
    "yaml-anchor": _("Anchors and aliases (& and *) are not read."),
    "yaml-tag": _("Tags (!) are not read."),
    "yaml-empty": _("The file is empty."),
    "yaml-library-missing": _(
        "PyYAML was installed without its C library, so YAML cannot be read."
    ),
    # Keys and values
    "key-unknown": _("The key “{key}” is not known here."),
    "key-missing": _("The key “{key}” is missing."),
    "key-duplicate": _("The key “{key}” stands here twice, first at {first}."),
    "key-not-text": _("A key must be a single word."),
    "value-missing": _("“{key}” has no value."),
    "expected-mapping": _("“{key}” must hold keys with values."),
    "expected-list": _("“{key}” must be a list."),
    "expected-languages": _("“{key}” must hold its text by language."),
    "expected-text": _("“{key}” must be a text."),
    "expected-integer": _("“{key}” must be a whole number, not “{value}”."),
    "expected-number": _("“{key}” must be a number, not “{value}”."),
    "expected-boolean": _("“{key}” must be true or false, not “{value}”."),
    "list-empty": _("The list “{key}” is empty."),
    "quotes-missing": _("“{value}” in “{key}” would be read as a number, a date or a truth value."),
    "unit-kind-unknown": _("“{value}” is no kind of unit."),
    # Questionnaire: rules of its content
    "id-malformed": _("“{id}” is no valid id."),
    "id-reserved": _("The id “{id}” is reserved for the whole."),
    "id-duplicate": _("The id “{id}” is used twice."),
    "id-duplicate-at": _("The id “{id}” is used twice, first at {first}."),
    "version-malformed": _("“{version}” is no valid version."),
    "text-missing": _("The text of “{field}” is missing."),
    "scale-length": _("The scale has {count} levels; 2 to 10 are possible."),
    "level-out-of-range": _("There is no level {level}; the highest is {highest}."),
    "level-repeated": _("Level {level} stands here twice."),
    "level-missing": _("Level {level} is missing."),
    "levels-out-of-order": _("The levels must be 1 to {count}, each once and in order."),
    "attainment-length": _("“attainment” has {count} shares for {levels} levels."),
    "attainment-range": _("The share {value} in “attainment” is not above 0 and at most 1."),
    "tiers-missing": _("No tier of groups is named."),
    "groups-missing": _("There are no groups."),
    "group-empty": _("The group holds nothing."),
    "group-content": _("The group holds more than one of “groups”, “indicators” and “file”."),
    "group-file-mismatch": _("The file is of the group “{found}”, but “{group}” names it."),
    "tier-depth": _("The group does not fit the {tiers} tiers of the questionnaire."),
    "weight-not-positive": _("The weight {value} is not above 0."),
    "criteria-missing": _("Level {level} has no criteria."),
    "months-not-positive": _("The step to level {level} takes less than one month."),
    "month-malformed": _("“{value}” is no month."),
    "rule-without-conditions": _("The rule has no conditions."),
    "rule-unknown-indicator": _("There is no indicator “{id}”."),
    "edition-alone": _("There is no other edition of {edition} in the workspace."),
    "edition-foreign": _("{edition} is no edition of the questionnaire in use ({present})."),
    "edition-in-use": _("The assessment goes by {edition} already."),
    "rule-bound": _("The bounds of a condition must be levels from 0 to {levels}."),
    "edition-folder-mismatch": _("The folder is “{folder}”, but the questionnaire is {edition}."),
    "language-missing": _("“{field}” is missing in the language “{language}”."),
    "criterion-long": _("The criterion has {words} words in the language “{language}”."),
    "step-missing": _("Level {level} does not say what to do to reach it (“step”)."),
    "check-date-missing": _("The legal basis does not say when it was last checked (“checked”)."),
    "word-vague": _("“{word}” leaves open what is asked."),
    "sentence-repeated": _("“{sentence}” stands already at {first}."),
    # Questionnaire as a workbook
    "questionnaire-workbook-invalid": _(
        "The workbook “{path}” cannot be used as a questionnaire; nothing was changed."
    ),
    "workbook-not-written": _("The workbook “{path}” was not written."),
    "workbook-kind": _("“{path}” is no workbook of the kind .xlsx."),
    "workbook-protected": _("The workbook “{path}” is locked with a password."),
    "workbook-broken": _("The workbook “{path}” is damaged and cannot be read."),
    "workbook-too-large": _("The workbook “{path}” holds more than a questionnaire can hold."),
    "workbook-foreign": _(
        "The workbook “{path}” holds no questionnaire: none of its sheets is known."
    ),
    "sheet-missing": _("The sheet “{title}” is missing."),
    "sheet-unknown": _("The sheet “{title}” is not known."),
    "sheet-repeated": _("The sheet “{title}” holds something else already."),
    "sheet-empty": _("The sheet has no rows."),
    "headings-missing": _("The sheet has no row with its headings."),
    "heading-missing": _("The heading “{heading}” is missing."),
    "heading-unknown": _("The heading “{heading}” is not known here."),
    "heading-twice": _("The heading “{heading}” stands here twice."),
    "cells-merged": _("The cells {area} are merged."),
    "cell-not-read": _("Nothing is read from this cell, but it is not empty."),
    "cell-empty": _("“{key}” is empty."),
    "cell-formula": _("“{key}” is a formula without a result."),
    "cell-error": _("“{key}” is a formula that failed: {value}."),
    "cell-number": _("“{key}” is the number {value} and no text, so it may not be what was typed."),
    "cell-date": _("“{key}” is the date {value}, which the spreadsheet made of what was typed."),
    "cell-yes-or-no": _("“{key}” must be yes or no, not “{value}”."),
    "cell-too-long": _("“{key}” has {size} characters; a cell holds at most {limit}."),
    "group-unknown": _("There is no group “{id}” in the tier above."),
    "group-without-content": _("Nothing belongs to the group."),
    "indicator-without-criteria": _("No criterion names the indicator."),
    "step-repeated": _("Level {level} has a step already, at {first}."),
    "rule-text-differs": _("The rule has another text already, at {first}."),
    "check-date-empty": _("The legal basis does not say when it was last checked."),
    # Answers, aims and plan
    "criteria-without-rating": _("Only a rated indicator can have criteria that are met."),
    "reason-missing": _("“Not applicable” needs a reason."),
    "reason-without-exemption": _("Only “not applicable” has a reason."),
    "confidence-range": _("Confidence is 1, 2 or 3, not {value}."),
    "unit-name-missing": _("The unit has no name."),
    "teryt-malformed": _("“{value}” is no TERYT code."),
    "undo-overtaken": _("This was changed again later, so it cannot be undone."),
    "wanted-out-of-range": _("The wanted level {value} is not on the scale."),
    "weighting-out-of-range": _("Importance and effort are 1, 2 or 3, not {value}."),
    "plan-years": _("The plan's first year {first} is after its last year {last}."),
    "money-negative": _("An amount of money cannot be negative."),
    "months-reversed": _("The start {start} is after the end {end}."),
    "risk-range": _("Likelihood and impact of a risk are 1, 2 or 3, not {value}."),
    # Files
    "file-not-written": _("The file “{path}” was not written ({reason})."),
    "file-exists": _("There is already a file “{path}”; it was not overwritten."),
    "file-read-only": _("The file “{path}” can only be read."),
    "folder-read-only": _("Nothing can be written into the folder “{folder}”."),
    "disk-full": _("The disk with “{path}” is full; what was saved before is kept."),
    # Workspace
    "not-a-database": _("“{path}” is no database of this program; it was not changed."),
    "not-a-workspace": _("“{path}” is a database of another program; it was not changed."),
    "database-newer": _(
        "“{path}” was written by a newer version of the program (form {found}; this one knows {known})."
    ),
    "database-damaged": _("The database “{path}” is damaged ({reason})."),
    "database-defects": _("The full check of “{path}” found defects: {count}."),
    "database-failed": _("The database “{path}” did not do what was asked ({reason})."),
    "database-busy": _("The database “{path}” is in use by somebody else."),
    "database-read-only": _("The database “{path}” can only be read."),
    "database-moved": _(
        "“{path}” was moved, removed or replaced while it was open; nothing more is written to it."
    ),
    "database-log-alone": _(
        "“{path}” holds the last changes of a workspace that is no longer beside it."
    ),
    "database-unreachable": _("The database “{path}” cannot be reached ({reason})."),
    "database-address": _("“{kind}” is no kind of database that can hold a workspace."),
    "driver-missing": _("The part “{driver}” that speaks to such a server is not installed."),
    "server-encoding": _("The database “{path}” keeps its texts in {encoding} and not in UTF-8."),
    "workspace-not-empty": _("The workspace “{path}” already holds data; nothing was copied."),
    "backup-server": _("“{path}” is on a server; only workspaces in a file are backed up here."),
    "value-unstorable": _("A value is too large or has a character that cannot be stored."),
    "text-unstorable": _("A text holds half a character, which cannot be stored."),
    "revision-newer": _(
        "A stored “{kind}” has the format {format}, which a newer version of the program wrote."
    ),
    "revision-unreadable": _("A stored “{kind}” cannot be read ({reason})."),
    "damage-found": _("The database's own check says: {reason}."),
    "reference-broken": _("The row refers to one in “{table}” that does not exist."),
    "edition-altered": _("The stored questionnaire {edition} is not what was stored once."),
    "revision-kind-unknown": _("The kind “{kind}” is not known."),
    "revisions-altered": _(
        "In “{path}” rows of this assessment's history were changed or lost outside of the program ({count})."
    ),
    "revision-altered": _("The row is not as it was written; something else changed it."),
    "revisions-lost": _(
        "Rows were lost or added by something else: {found} are there, {expected} were written."
    ),
    # Answers
    "answers-invalid": _("The answers cannot be taken over; nothing was changed."),
    "indicator-unknown": _("The questionnaire has no indicator “{id}”."),
    "indicator-not-asked": _("The indicator “{id}” is not asked of this kind of unit."),
    "indicator-twice": _("The indicator “{id}” stands here a second time, first at {first}."),
    "indicator-key-twice": _("The indicator “{id}” stands here twice."),
    "level-not-number": _("The level of “{id}” must be a whole number, not “{value}”."),
    "level-criteria-disagree": _(
        "“{id}” is given level {level}, but its criteria reach level {reached}."
    ),
    "criteria-unknown": _("“{id}” has no criteria {criteria}."),
    "criterion-unknown": _("There is no criterion “{id}”."),
    "rated-and-not-applicable": _("“{id}” cannot be rated and not applicable at once."),
    "entry-malformed": _(
        "The entry “{id}” must hold a level, the criteria met, or why it does not apply."
    ),
    "row-without-indicator": _("The row names no indicator."),
    "row-too-long": _("The row has {count} cells, but there are {columns} columns."),
    "csv-not-text": _("This is no CSV file: it holds binary data."),
    "csv-not-utf8": _("The CSV file is not in UTF-8; the first wrong letter is in line {line}."),
    "csv-broken": _(
        "The CSV file cannot be read from line {line} on: a quotation mark is missing."
    ),
    "csv-empty": _("The CSV file is empty."),
    "csv-without-header": _("The first row must name the columns: {columns}."),
    "csv-columns-unknown": _("The columns {columns} are not known; known are {known}."),
    "csv-columns-twice": _("A column stands in the first row twice."),
    "json-broken": _("This is not valid JSON; it cannot be read from line {line} on."),
    "json-not-answers": _("The JSON file must hold one object with an entry for each indicator."),
    # Assessments and team
    "assessment-unknown": _("There is no assessment “{id}” in this workspace."),
    "assessment-ambiguous": _("{count} assessments begin with “{id}”."),
    "no-assessments": _("There is no assessment in this workspace yet."),
    "edition-unknown": _("There is no questionnaire “{edition}” in this workspace."),
    "edition-differs": _(
        "The questionnaire {edition} is stored already with another content; an edition never changes."
    ),
    "period-missing": _("Say which period the assessment is about."),
    "kind-fixed": _("The kind of unit cannot be changed, because the answers depend on it."),
    "member-name-missing": _("Give the member's name."),
    "member-exists": _("There is a member “{name}” already."),
    "member-unknown": _("There is no member “{name}” in the team."),
    "response-unknown": _("This member has no answers of their own."),
    "item-gone": _("This part is not there any more."),
    "member-erased": _("The name of this member was erased and cannot be given again."),
    # Working together
    "conflict-gone": _("Somebody has settled or changed this meanwhile."),
    "assessment-other": _("The copy is of another assessment; nothing was taken over."),
    "merge-stands": _("What came with this copy is there already."),
    # Aims and plan
    "chapter-unknown": _("The plan has no chapter “{id}”."),
    "date-malformed": _("A date is written as 2026-11-21, unlike “{value}”."),
    # Commands
    "command-later": _("The command “{command}” comes with a later version."),
    "format-later": _("Files {extension} come with a later version."),
    "format-unknown": _("“{extension}” is not a kind of file that can be used here."),
    "report-later": _("The results report comes with a later version."),
    "chart-unknown": _("There is no chart “{kind}”; there are {known}."),
    "file-not-read": _("The file “{path}” cannot be read ({reason})."),
    "file-missing-at": _("There is no file “{path}”."),
    "file-special": _("“{path}” is no ordinary file."),
    "window-unavailable": _(
        "The window cannot be opened, something it needs is missing: {reason}."
    ),
    "output-not-written": _("What was asked for could not be written out ({reason})."),
    "document-mismatch": _(
        "The document was not handed over: in “{place}” it shows {shown} where the data say {expected}."
    ),
    "server-backup": _("This workspace is on a server; its copies are made there."),
}

SUGGESTIONS: Final[dict[str, tuple[str, ...]]] = {
    "window-unavailable": (_("Commands work without it: sat-desktop --help."),),
    "file-exists": (_("Choose another name."),),
    "file-read-only": (_("Copy it to another place or ask for the right to write."),),
    "folder-read-only": (_("Choose another folder."),),
    "disk-full": (_("Make room and try again."),),
    "not-a-database": (_("Choose another file with --workspace."),),
    "not-a-workspace": (_("Choose another file with --workspace."),),
    "database-newer": (_("Install the current version of the program."),),
    "database-defects": (_("Keep a copy of the file, then restore the last backup."),),
    "database-damaged": (_("Restore the last backup; keep the damaged file."),),
    "revisions-altered": (_("Restore the last backup; keep the damaged file."),),
    "database-busy": (_("Close the other window or wait a little, then try again."),),
    "database-read-only": (_("Copy it to another place or ask for the right to write."),),
    "database-moved": (_("Close the program, put the file back and open it again."),),
    "database-log-alone": (_("Put the workspace back beside it, or move it to another folder."),),
    "database-unreachable": (_("Check the address and the connection."),),
    "database-address": (_("Give a path, or an address such as postgresql://server/name."),),
    "server-encoding": (_("Make a database with the encoding UTF8."),),
    "backup-server": (_("Use the server's own backup."),),
    "revision-newer": (_("Install the current version of the program."),),
    "questionnaire-format-newer": (_("Install the current version of the program."),),
    "questionnaire-folder-taken": (_("Choose a new or an empty folder."),),
    "file-missing": (_("Did you mean “{closest}”?"), _("Put it there or mend its name.")),
    "file-name-unsafe": (_("Put the file beside questionnaire.yaml and write its name only."),),
    "file-outside": (_("Copy the file into the folder."),),
    "file-repeated": (_("Give every group a file of its own."),),
    "file-unused": (_("Name it in a group (“file: {file}”) or take it away."),),
    "file-too-large": (_("Split it: a group can stand in a file of its own."),),
    "file-binary": (_("Save it as plain text in UTF-8."),),
    "csv-not-utf8": (_("Save it in the spreadsheet program as “CSV UTF-8”."),),
    "encoding-not-utf8": (_("Save the file again in the encoding UTF-8."),),
    "yaml-syntax": (
        _("Check the indentation, and put quotes around texts with “: ” or “ #” in them."),
    ),
    "yaml-character": (_("Take it away."),),
    "yaml-anchor": (_("Write the text out, or put quotes around it if it begins with the sign."),),
    "yaml-tag": (_("Take it away, or put quotes around the text if it begins with the sign."),),
    "key-unknown": (_("Did you mean “{closest}”?"), _("Known here: {known}.")),
    "key-missing": (_("Add it."),),
    "key-duplicate": (_("Keep one of them."),),
    "value-missing": (_("Write a value or take the key away."),),
    "expected-mapping": (_("Write its keys on the lines below, indented."),),
    "expected-list": (_("Begin each entry on a line of its own with “- ”."),),
    "expected-languages": (_("Write “pl: …” and “en: …” on the lines below, indented."),),
    "expected-integer": (_("Write digits only, without quotes."),),
    "expected-number": (_("Write it as 1, 0.5 or 1/3, without quotes."),),
    "list-empty": (_("Add an entry or take the key away."),),
    "quotes-missing": (_('Put quotes around it: "{value}".'),),
    "unit-kind-unknown": (_("Did you mean “{closest}”?"), _("Known here: {known}.")),
    "id-malformed": (
        _("Use letters a-z, digits, “.”, “-” and “_”; begin with a letter or a digit."),
    ),
    "id-duplicate-at": (_("Give one of them another id."),),
    "id-reserved": (_("Choose another id."),),
    "version-malformed": (_('Write it as in "1.0.0".'),),
    "text-missing": (_("Write it in Polish or English."),),
    "levels-out-of-order": (_("Sort them."),),
    "attainment-length": (_("Give one share for every level."),),
    "tier-depth": (_("Only groups of the last tier hold indicators, all others hold groups."),),
    "group-empty": (_("Add “indicators”, “groups” or “file”, or take the group away."),),
    "group-content": (_("Keep one of them."),),
    "group-file-mismatch": (_("Write “group: {group}” there or name another file."),),
    "weight-not-positive": (_("Write a number above 0, or leave “weight” out."),),
    "criteria-missing": (_("Write at least one."),),
    "months-not-positive": (_("Write 1 or more."),),
    "month-malformed": (_('Write year and month as in "2026-11".'),),
    "rule-unknown-indicator": (_("Did you mean “{closest}”?"),),
    "edition-folder-mismatch": (_("The folder should end in “{expected}”."),),
    "check-date-missing": (
        _(
            "Where it could not be checked, set “unconfirmed: true” and say in “note” what to look up."
        ),
    ),
    "workbook-kind": (_("Open it in a spreadsheet program and save it as .xlsx."),),
    "workbook-protected": (_("Take the password away in the spreadsheet program and save it."),),
    "workbook-broken": (
        _("Save it again in the spreadsheet program, or begin with a new export."),
    ),
    "workbook-foreign": (_("Begin with a workbook that this program has written."),),
    "sheet-missing": (
        _("Did you mean “{closest}”?"),
        _("Put it back; apart from its headings it may be empty."),
    ),
    "sheet-unknown": (
        _("Did you mean “{closest}”?"),
        _("Begin its name with # if it is your own, or name it for a tier."),
    ),
    "sheet-repeated": (_("Give every tier a sheet of its own."),),
    "sheet-empty": (_("Add them."),),
    "headings-missing": (_("Put it back, as an export writes it."),),
    "heading-missing": (_("Put it back; what is below it may be empty where its note allows."),),
    "heading-unknown": (
        _("Did you mean “{closest}”?"),
        _("Begin it with # if the column is your own, or take it away."),
    ),
    "heading-twice": (_("Keep one of them."),),
    "cells-merged": (_("Split them, and give every row what belongs to it."),),
    "cell-not-read": (_("Put what is there below a heading, or take it away."),),
    "cell-empty": (_("Fill it in."),),
    "cell-formula": (
        _("Open the workbook in a spreadsheet program and save it, or type the value."),
    ),
    "cell-error": (_("Type the value."),),
    "cell-number": (_("Format the cell as text and type it again."),),
    "cell-date": (_("Format the cell as text and type it again."),),
    "cell-too-long": (_("Shorten it, or export a folder."),),
    "group-unknown": (_("Did you mean “{closest}”?"),),
    "group-without-content": (_("Give it rows of the next sheet, or take it away."),),
    "indicator-without-criteria": (_("Every level needs at least one in the sheet of criteria."),),
    "step-repeated": (_("Keep one of them."),),
    "rule-text-differs": (_("Write the text once, or give one of the rules another id."),),
    "check-date-empty": (
        _("Where it could not be checked, say so beside it and note what to look up."),
    ),
    "word-vague": (_("Say how often, by when or how many instead."),),
    "criterion-long": (_("At most {limit} can be read at a glance: shorten or split it."),),
    "level-missing": (_("Add it: every level of the scale needs its criteria."),),
}

FINDINGS: Final[dict[str, str]] = {
    "conflict-open": _(
        "Two people said different things of one field ({field}, {where}), and nobody has settled it."
    ),
    "gap-open": _(
        "Indicator {code}: nothing in the plan meets {count} of the criteria still missing."
    ),
    "aim-above-scale": _(
        "Indicator {code}: level {value} is wanted, but the scale ends at {highest}; that counts."
    ),
    "plan-without-goals": _("The plan has no goals yet."),
    "title-missing": _("A title is missing."),
    "goal-without-actions": _("The goal “{title}” has no actions."),
    "action-without-goal": _("The action “{title}” serves no goal."),
    "action-without-undertakings": _("The action “{title}” has no undertakings."),
    "undertaking-without-action": _("The undertaking “{title}” belongs to no action."),
    "responsible-missing": _("“{title}”: nobody is named as responsible."),
    "months-missing": _("“{title}”: the start or the end is missing, so it never counts as done."),
    "months-outside-plan": _("“{title}” lies outside the years of the plan."),
    "costs-missing": _("“{title}” has no costs."),
    "cost-outside-plan": _("“{title}” has costs in {year}, outside the years of the plan."),
    "cost-source-unknown": _(
        "“{title}” has costs from a source that the plan does not name: {source}."
    ),
    "measure-missing": _("“{title}” has no measure."),
    "closes-nothing": _("“{title}” meets no criterion, so it changes no level."),
    "criterion-unknown": _(
        "“{title}” names a criterion that the questionnaire does not have: {criterion}."
    ),
    "criterion-not-rated": _(
        "“{title}” meets a criterion of {code}, which is not rated: it does not count."
    ),
    "risks-missing": _("The plan names no risks."),
    "risk-without-undertaking": _("A risk belongs to an undertaking that is not there."),
}
"""What a plan can lack (`domain.completeness`), by code."""

REASONS: Final = (
    _("Permission denied"),
    _("Operation not permitted"),
    _("No such file or directory"),
    _("Is a directory"),
    _("Not a directory"),
    _("File exists"),
    _("File name too long"),
    _("File too large"),
    _("No space left on device"),
    _("Disk quota exceeded"),
    _("Read-only file system"),
    _("Input/output error"),
    _("Device or resource busy"),
    _("Too many open files"),
)
"""What systems say of files, where they say it in English; other reasons stand as they are."""
