from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chatbot.text import cleaning
from chatbot.text.encodings import WrongFile

from ..models import ShelfEntry
from . import formats, unpacking
from .formats import tables
from .lines import WRONG_FILES

MAX_PASTED = 60_000  # letters
FIELD_LABELS = {
    "title": _("Title"),
    "other_title": _("Title in another language"),
    "authors": _("Author"),
    "isbn": _("ISBN"),
    "state": _("State (read, reading …)"),
    "rating": _("Rating"),
    "volume": _("Volume of this row"),
    "volumes_read": _("Volumes read"),
    "started_on": _("Begun on"),
    "finished_on": _("Finished on"),
    "note": _("Note"),
    "drop_words": _("Why dropped"),
    "series": _("Series"),
    "kind": _("Novel or manga"),
    "mal": _("Number on MyAnimeList"),
    "anilist": _("Number on AniList"),
}
ENCODING_LABELS = {
    "utf-8-sig": "UTF-8",
    "cp949": _("Korean (CP949)"),
    "cp932": _("Japanese (Shift_JIS)"),
    "utf-16": "UTF-16",
}


def words_for(code):
    """The sentence for a code of WRONG_FILES."""
    sentence = str(WRONG_FILES.get(code, WRONG_FILES["unknown"]))
    return sentence.format(megabytes=unpacking.MAX_UPLOAD // 1024**2, rows=f"{formats.MAX_LINES:,}")


class SendForm(forms.Form):
    """A file, or titles one a line."""

    MAX_BYTES = unpacking.MAX_UPLOAD
    file = forms.FileField(required=False, label=_("File"), allow_empty_file=True, max_length=None)
    titles = forms.CharField(
        required=False,
        strip=False,
        max_length=MAX_PASTED,
        label=_("Titles, one a line"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": _("That is too much to paste. Please send it as a text file.")},
    )
    pasted_state = forms.ChoiceField(
        required=False, label=_("These works are"), choices=ShelfEntry.State.choices, initial=ShelfEntry.State.FINISHED
    )

    def __init__(self, *args, too_large=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    @property
    def too_large_words(self):
        return words_for("too_large")

    def clean(self):
        """Adds `data` (bytes, unpacked), `format`, `encoding`, `name`."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        try:
            cleaned |= self._file() if self.too_large or cleaned.get("file") else self._pasted()
        except WrongFile as error:
            self.add_error("file", words_for(error.code))
        return cleaned

    def _file(self):
        if self.too_large:
            raise WrongFile("too_large")
        upload = self.cleaned_data["file"]
        data = unpacking.unpack(upload.read())
        form, encoding = formats.recognise(data)
        name = cleaning.shortened(" ".join(cleaning.clean(upload.name[:400]).split()), 120)
        return {"data": data, "format": form, "encoding": encoding, "name": name}

    def _pasted(self):
        titles = cleaning.clean(self.cleaned_data.get("titles", ""))
        if not titles:
            self.add_error("titles", _("Please choose a file, or paste titles here."))
            return {}
        return {"data": titles.encode(), "format": formats.Format.PASTED, "encoding": "utf-8-sig", "name": ""}


class ColumnsForm(forms.Form):
    """What the columns of a table are. Made for one table; a field `column_N` for each of its columns."""

    encoding = forms.ChoiceField(label=_("Text encoding"), choices=ENCODING_LABELS.items())
    header = forms.BooleanField(required=False, label=_("The first row names the columns"))
    scale = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=0,
        label=_("Best rating"),
        choices=[("", _("automatic")), (5, "5"), (10, "10"), (100, "100")],
    )

    def __init__(self, *args, width, **kwargs):
        super().__init__(*args, **kwargs)
        self.width = width
        for place in range(width):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                required=False, label=f"{place + 1}", choices=[("", _("skip")), *FIELD_LABELS.items()]
            )

    @property
    def columns(self):
        return [self[f"column_{place}"] for place in range(self.width)]

    def clean(self):
        cleaned = super().clean()
        chosen = {place: cleaned.get(f"column_{place}") for place in range(self.width)}
        cleaned["columns"] = {str(place): name for place, name in chosen.items() if name}
        names = list(cleaned["columns"].values())
        if not {"title", "isbn", "mal", "anilist"} & set(names):
            self.add_error(None, _("Please choose the column with the titles."))
        twice = sorted({name for name in names if names.count(name) > 1 and name not in ("other_title",)})
        if twice:
            labels = ", ".join(str(FIELD_LABELS[name]) for name in twice)
            self.add_error(None, gettext("Chosen for two columns: %(columns)s.") % {"columns": labels})
        return cleaned

    @property
    def options(self):
        return {name: self.cleaned_data[name] for name in ("columns", "header", "scale")}

    @staticmethod
    def chosen(reading_list, encoding):
        """What the reader chose before, as the form begins with it; None where nothing was."""
        options = reading_list.options
        return _initial(encoding, **options) if "columns" in options and encoding == reading_list.encoding else None

    @staticmethod
    def guessed(table, encoding):
        """What the form begins with else."""
        has_header, columns = tables.guess(table)
        ratings = [place for place, name in columns.items() if name == "rating"]
        scale = tables.scale_of(table, ratings[0]) if ratings else ""
        return _initial(encoding, has_header, columns, scale)


def _initial(encoding, header, columns, scale, **_told):
    named = {f"column_{place}": name for place, name in columns.items()}
    return {"encoding": encoding, "header": header, "scale": scale or "", **named}


class AnswerForm(forms.Form):
    """What the reader says of one work of a list. `novel`: the slug of the one it is."""

    do = forms.ChoiceField(choices=[(name, name) for name in ("choose", "none", "leave", "reopen")])
    novel = forms.SlugField(required=False, max_length=60)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("do") == "choose" and not cleaned.get("novel"):
            self.add_error("novel", "")
        return cleaned


class AnswerAllForm(forms.Form):
    """One answer to the doubts that stand on one page."""

    do = forms.ChoiceField(choices=[("choose", "choose"), ("none", "none")])
    works = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args, works, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["works"].choices = [(pk, pk) for pk in works]


class KeepForm(forms.Form):
    stateless = forms.ChoiceField(required=False, choices=[("", ""), *ShelfEntry.State.choices])
