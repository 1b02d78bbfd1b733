"""The shelf: light novels, the names readers know them by, and the tags they carry."""

import hashlib

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..covers import EDITION
from ..text.folding import key, without_subtitle
from .adaptations import check_adaptations
from .arcs import check_arcs
from .desk.models import Change, FactMark  # noqa: F401  where Django looks for models
from .external_ids import check_external_ids
from .gaps import Gap, Naming  # noqa: F401
from .importing.models import (  # noqa: F401
    Draft,
    Import,
    ImportedWork,
    PreviewedWork,
    Upload,
    UploadFile,
)
from .notes import check_notes
from .premises import check_premise
from .reading_orders import check_steps
from .volumes import Volume  # noqa: F401

LANGUAGES = ("ko", "en", "ja")


def in_language(values, language=None):
    """The text of `values` (a mapping by language) a reader of `language` should see.

    `language` defaults to the one of the page. Falls back to English, then Japanese, then whatever there is.
    """
    language = (language or get_language() or "ko")[:2]
    for code in (language, "en", "ja", "ko"):
        if values.get(code):
            return values[code]
    return ""


class Tag(models.Model):
    class Group(models.TextChoices):
        SETTING = "setting", _("Setting")
        GENRE = "genre", _("Genre")
        HERO = "hero", _("Hero")
        BONDS = "bonds", _("Bonds")
        TONE = "tone", _("Tone")
        TRAITS = "traits", _("Traits")
        WARNINGS = "warnings", _("Warnings")

    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    group = models.CharField(_("group"), max_length=10, choices=Group)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    label_ko = models.CharField(_("Korean label"), max_length=60)
    label_en = models.CharField(_("English label"), max_length=60)
    label_ja = models.CharField(_("Japanese label"), max_length=60)
    words = models.JSONField(
        _("readers' words"), default=dict, blank=True, help_text=_("What readers say for it: {language: [words]}.")
    )
    # Digest of the data line last loaded; blank once an operator has changed the row, which then is theirs.
    loaded = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["position"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self):
        return self.label

    @property
    def labels(self):
        return {"ko": self.label_ko, "en": self.label_en, "ja": self.label_ja}

    @property
    def label(self):
        return in_language(self.labels)


class NovelQuerySet(models.QuerySet):
    def named(self, name):
        """Novels one of whose names is `name`, whatever its spacing, width, case or kana."""
        return self.filter(names__key=key(name)).distinct() if key(name) else self.none()

    def by_keys(self, keys):
        """The best known novel for each of the title keys that name one: {key: novel}. One query."""
        names = Name.objects.filter(key__in=set(keys)).select_related("novel").order_by("novel__renown", "-novel__slug")
        return {name.key: name.novel for name in names}

    def slug_by_keys(self, keys):
        """The slug of the novel the first known of `keys` names, or None."""
        found = self.by_keys(keys)
        return next((found[one].slug for one in keys if one in found), None)

    def with_tags(self):
        return self.prefetch_related(models.Prefetch("novel_tags", NovelTag.objects.select_related("tag")))


class Novel(models.Model):
    class Status(models.TextChoices):
        ONGOING = "ongoing", _("Ongoing")
        COMPLETED = "completed", _("Completed")
        HIATUS = "hiatus", _("On hiatus")

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    title_ko = models.CharField(_("Korean title"), max_length=250)
    title_ko_certain = models.BooleanField(
        _("Korean title is the published one"), default=True, help_text=_("Off: the title is our translation.")
    )
    title_ja = models.CharField(_("Japanese title"), max_length=250)
    title_en = models.CharField(_("English title"), max_length=250)
    title_romaji = models.CharField(_("romanised title"), max_length=250, blank=True)
    authors = models.JSONField(_("authors"), default=list, help_text=_("Names in Japanese, in order, one a line."))
    authors_ko = models.JSONField(_("authors in Korean"), default=list, blank=True)
    authors_en = models.JSONField(_("authors in English"), default=list, blank=True)
    illustrators = models.JSONField(_("illustrators"), default=list, blank=True)
    imprint = models.CharField(_("imprint"), max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(_("first year"), validators=[MinValueValidator(1970)])
    volumes = models.PositiveSmallIntegerField(_("volumes"), validators=[MinValueValidator(1)])
    status = models.CharField(_("status"), max_length=10, choices=Status)
    anime = models.BooleanField(_("has an anime"), default=False)
    adaptations = models.JSONField(
        _("what the anime tells"),
        default=list,
        db_default=[],
        blank=True,
        validators=[check_adaptations],
        help_text=_(
            'By season, film and OVA: [{"title": "", "kind": "season", "number": 1, "year": 2013, "to_volume": 4, '
            '"sure": true, "note": ""}]; to_volume is null where it is not known.'
        ),
    )
    renown = models.PositiveSmallIntegerField(
        _("renown"), default=30, validators=[MaxValueValidator(100)], help_text=_("How widely known, 1 to 100.")
    )
    tone = models.SmallIntegerField(
        _("tone"),
        default=0,
        validators=[MinValueValidator(-2), MaxValueValidator(2)],
        help_text=_("From -2, very dark, to 2, very bright."),
    )
    synopsis_ko = models.TextField(_("Korean synopsis"), blank=True)
    synopsis_en = models.TextField(_("English synopsis"), blank=True)
    synopsis_ja = models.TextField(_("Japanese synopsis"), blank=True)
    premise = models.JSONField(
        _("premise"),
        default=dict,
        db_default={},
        blank=True,
        validators=[check_premise],
        help_text=_(
            'What it is about, as half a sentence: {"ko": "…하는", to be followed by 이야기, "ja": "…する", to be followed by '
            '物語, "en": "a … does …", to be preceded by "Here"}.'
        ),
    )
    notes = models.JSONField(
        _("librarian's notes"),
        default=dict,
        db_default={},
        blank=True,
        validators=[check_notes],
        help_text=_(
            'What no other field says, by kind (feel, people, love, content, reading, anime): {"feel": {"ko": "…", '
            '"en": "…", "ja": "…"}}. One or two sentences each, without the title and without spoilers.'
        ),
    )
    arcs = models.JSONField(
        _("named parts"),
        default=list,
        db_default=[],
        blank=True,
        validators=[check_arcs],
        help_text=_(
            'Arcs that readers ask for: [{"title": {"ko": "…", "en": "…", "ja": "…"}, "names": ["…"], "from": 9, "to": '
            "18}]; from and to are volumes."
        ),
    )
    editions = models.JSONField(
        _("editions"),
        default=dict,
        blank=True,
        help_text=_('By language: {"ko": {"known": true, "publisher": "…"}}; null: not certain.'),
    )
    related = models.JSONField(_("series"), default=list, blank=True)
    reading_order = models.JSONField(
        _("reading order"),
        default=list,
        db_default=[],
        blank=True,
        validators=[check_steps],
        help_text=_(
            'Of a series, on its main work: [{"title": {"ko": "…", "en": "…", "ja": "…"}, "slug": "", "kind": "side", '
            '"after": 3, "skip": true}]; after is null where it does not matter.'
        ),
    )
    kin = models.JSONField(_("kindred works"), default=list, blank=True, help_text=_("Japanese titles, one a line."))
    external_ids = models.JSONField(
        _("ids elsewhere"),
        default=dict,
        db_default={},
        blank=True,
        validators=[check_external_ids],
        help_text=_('By site (mal, anilist, anidb, ranobedb, bookwalker): {"mal": "70261"}.'),
    )
    # Digest of the data line last loaded; blank once an operator has changed the row, which then is theirs.
    loaded = models.CharField(max_length=64, blank=True, editable=False)
    tags = models.ManyToManyField(Tag, through="NovelTag", related_name="novels", verbose_name=_("tags"))

    objects = NovelQuerySet.as_manager()

    class Meta:
        ordering = ["-renown", "slug"]
        indexes = [models.Index(fields=["-renown", "slug"])]
        verbose_name = _("novel")
        verbose_name_plural = _("novels")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("catalogue:novel", args=[self.slug])

    @property
    def titles(self):
        return {"ko": self.title_ko, "en": self.title_en, "ja": self.title_ja, "romaji": self.title_romaji}

    @property
    def title(self):
        return in_language(self.titles)

    @property
    def short_title(self):
        """The title without its subtitle, for where there is little room."""
        return without_subtitle(self.title) or self.title

    @property
    def original_title(self):
        """The Japanese title where the page shows another one."""
        return self.title_ja if self.title != self.title_ja else ""

    @property
    def synopses(self):
        return {"ko": self.synopsis_ko, "en": self.synopsis_en, "ja": self.synopsis_ja}

    @property
    def synopsis(self):
        return in_language(self.synopses)

    @property
    def author_names(self):
        names = in_language({"ko": self.authors_ko, "en": self.authors_en, "ja": self.authors})
        return names or self.authors

    @property
    def cover_stamp(self):
        """Changes with what the cover is drawn from, so that a drawing may be cached for good."""
        drawn_from = f"{EDITION}|{self.slug}|{self.title_ko}|{self.title_ja}|{self.tone}|{self.authors}"
        return hashlib.blake2s(drawn_from.encode(), digest_size=4).hexdigest()

    @property
    def cover_url(self):
        """Address of the drawn cover. Its lettering is Korean or Japanese; who does not read Korean gets the latter."""
        address = f"{reverse('catalogue:cover', args=[self.slug])}?v={self.cover_stamp}"
        return address if (get_language() or "ko")[:2] == "ko" else f"{address}&lang=ja"


class NovelTag(models.Model):
    """A tag on a novel. Strength 3: what the work is about; 2: clearly present; 1: present."""

    novel = models.ForeignKey(Novel, models.CASCADE, related_name="novel_tags")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="novel_tags")
    strength = models.PositiveSmallIntegerField(
        _("strength"), default=2, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["novel", "tag"], name="one_strength_per_tag")]
        ordering = ["-strength", "tag__position"]

    def __str__(self):
        return f"{self.tag} {self.strength}"


class Name(models.Model):
    """One name a novel is known by: a title in some language, an abbreviation, a nickname."""

    novel = models.ForeignKey(Novel, models.CASCADE, related_name="names")
    text = models.CharField(_("name"), max_length=250)
    key = models.CharField(max_length=250, db_index=True, editable=False)
    given = models.BooleanField(
        default=True, editable=False, help_text=_("Off for the titles, which are copied from the novel.")
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["novel", "key"], name="one_name_per_key")]
        verbose_name = _("name")
        verbose_name_plural = _("names")

    def __str__(self):
        return self.text

    def save(self, *args, **kwargs):
        self.key = key(self.text)
        super().save(*args, **kwargs)


class Spelling(models.Model):
    """One form by which a novel may be looked for. Made by `search.index` from names and authors; see `search`."""

    class Kind(models.IntegerChoices):
        """What the form is. A search for a name reads the first three in this order, one for initials the next two."""

        NAME = 0
        AUTHOR = 1
        INSIDE = 2  # a name from a later beginning on: a syllable, a kanji, a word
        INITIALS = 3  # 초성, then a space and the syllables they stand for
        INITIALS_INSIDE = 4
        NEARLY = 5  # length and the two halves of a name, in either order

    novel = models.ForeignKey(Novel, models.CASCADE, related_name="spellings", db_index=False)
    kind = models.PositiveSmallIntegerField(choices=Kind)
    form = models.BinaryField()
    renown = models.PositiveSmallIntegerField(
        db_default=0, help_text="The novel's, so that the best known are found in one index."
    )

    class Meta:
        indexes = [
            models.Index(fields=["kind", "form", "renown", "novel"], name="spelling_by_form"),
            models.Index(fields=["novel", "kind", "form"], name="spelling_by_novel"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} of {self.novel_id}"


class Revision(models.Model):
    """What is on the shelf now. One row; `number` grows with every change, so that a process knows its copy is old."""

    number = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True, help_text="Of the data file last loaded.")
    volumes_digest = models.CharField(
        max_length=64, blank=True, default="", db_default="", help_text="Of the shipped volumes last loaded."
    )
    spelled = models.CharField(
        max_length=8, blank=True, default="", db_default="", help_text="Edition of the search index."
    )

    def __str__(self):
        return str(self.number)

    @classmethod
    def current(cls):
        # Every reply and nearly every poll asks: the ORM would spend ten times as long on the query as the database.
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM catalogue_revision WHERE id = 1")
            return (cursor.fetchone() or (0,))[0]

    @classmethod
    def advance(cls, **changes):
        """Tell every process that the shelf has changed."""
        cls.objects.get_or_create(pk=1)
        cls.objects.filter(pk=1).update(number=models.F("number") + 1, **changes)
