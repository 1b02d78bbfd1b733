from django import forms
from django.utils.translation import gettext_lazy as _

from ...text import cleaning
from . import tables, uploads
from .uploads import WrongFile

WRONG_FILES = {
    "too_large": _(
        "The file is larger than %(kilobytes)d KB. Larger ones are brought in with manage.py import_catalogue."
    ),
    "archive": _("This is an archive. Please send the file that is in it."),
    "empty": _("There is nothing in the file."),
    "not_text": _("This is not a text file. Spreadsheets are saved as CSV first."),
    "encoding": _("The letters of the file cannot be read: neither as UTF-8 or UTF-16, nor as CP949 or Shift_JIS."),
    "json_list": _("This is one JSON list. JSON lines have one object a line."),
    "too_many": _("The file has more than %(rows)s lines."),
    "broke_off": _("Something broke on our side. What has come in so far is kept; please try once more."),
}
ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "cp949": _("Korean (CP949)"),
    "cp932": _("Japanese (Shift_JIS)"),
    "utf-16": "UTF-16",
}
FIELD_LABELS = {
    "titles.ko": _("Korean title"),
    "titles.ja": _("Japanese title"),
    "titles.en": _("English title"),
    "titles.romaji": _("romanised title"),
    "synopsis.ko": _("Korean synopsis"),
    "synopsis.en": _("English synopsis"),
    "synopsis.ja": _("Japanese synopsis"),
    "authors": _("authors"),
    "authors_ko": _("authors in Korean"),
    "authors_en": _("authors in English"),
    "illustrators": _("illustrators"),
    "names": _("other names"),
    "tags": _("tags"),
    "imprint": _("imprint"),
    "year": _("first year"),
    "volumes": _("volumes"),
    "status": _("status"),
    "anime": _("has an anime"),
    "tone": _("tone"),
    "editions.ko": _("Korean edition"),
    "editions.en": _("English edition"),
    "slug": _("slug"),
    "id": _("number in the table"),
}


def words_for(code):
    """The sentence for a code of WRONG_FILES; anything else says what it is itself."""
    said = WRONG_FILES.get(code)
    return str(said) % {"kilobytes": uploads.MAX_BYTES // 1024, "rows": f"{uploads.MAX_ROWS:,}"} if said else code


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.jsonl,.ndjson,.json"}),
    )

    def __init__(self, *args, too_large=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self):
        """Adds `data` (bytes) and `name`."""
        cleaned = super().clean()
        file = cleaned.get("file")
        if self.too_large or (file and file.size > uploads.MAX_BYTES):
            self.errors.pop("file", None)
            self.add_error("file", words_for("too_large"))
        elif file:
            cleaned["data"] = file.read()
            cleaned["name"] = cleaning.shortened(" ".join(cleaning.clean(file.name[:400]).split()), 120)
            try:
                uploads.look(cleaned["data"])
            except WrongFile as error:
                self.add_error("file", words_for(error.code))
        return cleaned


class ColumnsForm(forms.Form):
    """What the columns of a table are: `column_N` for the N-th of `header`, from 0."""

    encoding = forms.ChoiceField(label=_("Text encoding"), choices=ENCODINGS.items())

    def __init__(self, *args, header, **kwargs):
        super().__init__(*args, **kwargs)
        self.header = header
        choices = [("", _("not taken")), *((name, FIELD_LABELS.get(name, name)) for name in tables.FIELDS)]
        guessed = uploads.guessed(header)
        for place, column in enumerate(header):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                required=False, label=column, choices=choices, initial=guessed.get(column, "")
            )

    @property
    def columns(self):
        return [self[f"column_{place}"] for place in range(len(self.header))]

    def clean(self):
        """Adds `chosen`: {field: name of its column}."""
        cleaned = super().clean()
        pairs = [(cleaned.get(f"column_{place}"), column) for place, column in enumerate(self.header)]
        pairs = [(name, column) for name, column in pairs if name]
        names = [name for name, _column in pairs]
        if not set(names) & set(tables.TITLES):
            self.add_error(None, _("Please choose the column with the titles."))
        if twice := sorted({name for name in names if names.count(name) > 1}):
            labels = ", ".join(str(FIELD_LABELS.get(name, name)) for name in twice)
            self.add_error(
                None, forms.ValidationError(_("Chosen for two columns: %(columns)s."), params={"columns": labels})
            )
        cleaned["chosen"] = dict(pairs)
        return cleaned
