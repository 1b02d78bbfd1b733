"""What a reader can send, cleaned before anything is kept."""

import uuid

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .catalogue.models import Tag
from .language.tag_relations import FIRST_GENRES
from .language.wishes import first_ask
from .models import Turn
from .text import cleaning


class CleanTextField(forms.CharField):
    """Text without what cannot be stored, seen or trusted. The length counts after cleaning."""

    def __init__(self, **kwargs):
        super().__init__(strip=False, **kwargs)

    def to_python(self, value):
        return cleaning.clean(str(value)) if value not in self.empty_values else ""


class AskForm(forms.Form):
    """A free ask. `key` makes sending twice one turn; the form is born with it.

    `wait`: seconds until the reader may ask again, where this was one ask too many in a short time. `used_up`: whether
    there are no replies left today without an account.
    """

    wait = 0
    used_up = False

    text = CleanTextField(
        max_length=cleaning.MAX_LENGTH,
        label=_("What do you feel like reading?"),
        widget=forms.Textarea(attrs={"rows": 1}),
        error_messages={
            "required": _("Please write what you feel like reading."),
            "max_length": _("That is %(show_value)d characters; up to %(limit_value)d can be sent at once."),
        },
    )
    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("This form is out of date. Please send it once more."),
            "invalid": _("This form is out of date. Please send it once more."),
        },
    )

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("auto_id", "ask-%s")
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())

    @property
    def fresh_key(self):
        """A key for the next sending, also where the one that came was unusable."""
        return uuid.uuid4()

    @property
    def language(self):
        """The language to answer in: that of the words; where they do not tell, that of the page."""
        return cleaning.language_of(self.cleaned_data["text"], default=(get_language() or "ko")[:2])


class FirstAskForm(AskForm):
    """The first visit: three questions, each to be skipped, or one free box."""

    genres = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, label=_("A genre you like"))
    recent = CleanTextField(required=False, max_length=200, label=_("A light novel you read lately"))
    mood = forms.ChoiceField(
        required=False,
        widget=forms.RadioSelect,
        choices=[(first_ask.BRIGHT, _("On the bright side")), (first_ask.DARK, _("On the dark side"))],
        label=_("The mood of the story"),
    )

    temporary = forms.BooleanField(required=False, label=_("A temporary conversation"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        labels = {tag.slug: tag.label for tag in Tag.objects.filter(slug__in=FIRST_GENRES)}
        self.fields["genres"].choices = [(slug, labels[slug]) for slug in FIRST_GENRES if slug in labels]

    def clean(self):
        """Join what was answered into one ask, in the reader's language, as they will see it in the conversation."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        language = (get_language() or "ko")[:2]
        labels = dict(self.fields["genres"].choices)
        answers = first_ask.Answers(
            genres=tuple(labels[slug] for slug in cleaned.get("genres") or ()),
            recent=cleaned.get("recent") or "",
            mood=cleaned.get("mood") or "",
        )
        self.gist = list(first_ask.spelled(answers, language).values())
        lines = [first_ask.written(answers, language)] if self.gist else []
        if cleaned.get("text"):
            self.gist = [cleaned["text"]]
            lines.append(cleaned["text"])
        cleaned["text"] = "\n".join(lines)
        if not lines:
            self.add_error("text", self.fields["text"].error_messages["required"])
        elif len(cleaned["text"]) > cleaning.MAX_LENGTH:
            self.add_error(
                "text",
                self.fields["text"].error_messages["max_length"]
                % {"show_value": len(cleaned["text"]), "limit_value": cleaning.MAX_LENGTH},
            )
        return cleaned

    @property
    def title(self):
        """What the conversation is called: the free words, or else the answers themselves."""
        return " · ".join(self.gist)

    @property
    def language(self):
        # Chips are in the page's language; only free words can say otherwise.
        page = (get_language() or "ko")[:2]
        return cleaning.language_of(self.data.get("text", "")[: cleaning.MAX_LENGTH], default=page)


class FeedbackForm(forms.Form):
    """What a reader says of a reply. Without a thumb it is taken back."""

    thumb = forms.ChoiceField(required=False, choices=Turn.Thumb)
    shortcoming = forms.ChoiceField(
        required=False, choices=Turn.Shortcoming, widget=forms.RadioSelect, label=_("What was missing?")
    )
    words = CleanTextField(
        required=False,
        max_length=Turn._meta.get_field("thumb_words").max_length,
        label=_("In your own words, if you like"),
    )


class RenameForm(forms.Form):
    title = CleanTextField(
        max_length=80, label=_("Title"), error_messages={"required": _("A conversation needs a title.")}
    )

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())
