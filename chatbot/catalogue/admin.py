"""The catalogue as operators keep it. What they change here is theirs: loading the files does not revert it."""

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lightnovel.counted_deletion import CountedDeletion

from ..text.folding import key
from . import search
from .desk import checks
from .desk.admin import WithChecks, WithHistory, WithMarks
from .gaps_admin import FromGap
from .importing import (
    releases,
    upload_admin,  # noqa: F401  registers itself
)
from .importing.admin import FromDraft
from .loading import rename
from .models import Name, Novel, NovelTag, Revision, Spelling, Tag
from .volumes import Volume, shown, sortable

MAX_FOUND = 500  # works one search lists


class OwnedByOperators(CountedDeletion, admin.ModelAdmin):
    """Every change tells all processes that the shelf is new; a changed row is no longer the file's."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            type(form.instance).objects.filter(pk=form.instance.pk).update(loaded="")
            self.changed(form.instance)
        Revision.advance()

    def changed(self, instance):
        """Hook: `instance` and its inlines have been saved with changes."""

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        Revision.advance()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        Revision.advance()


class TagFilter(admin.SimpleListFilter):
    title = _("tag")
    parameter_name = "tag"

    def lookups(self, request, model_admin):
        return [(tag.slug, tag.label) for tag in Tag.objects.all()]

    def queryset(self, request, queryset):
        # Without the NUL, on which PostgreSQL breaks off.
        return queryset.filter(tags__slug=self.value().replace("\x00", "")) if self.value() else queryset


class NovelTagFormSet(forms.BaseInlineFormSet):
    def clean(self):
        """A new work is seen by readers at once, so it has what they and the choosing need. Old ones are only told."""
        super().clean()
        if self.instance.pk:
            return
        told = [getattr(form, "cleaned_data", {}) for form in self.forms]
        for remark in checks.tag_count(
            sum(bool(one.get("tag")) and not one.get("DELETE") for one in told), is_new=True
        ):
            if remark.is_error:
                raise forms.ValidationError(remark.text)


class NovelTagForm(forms.ModelForm):
    class Meta:
        model = NovelTag
        fields = ["tag", "strength"]
        labels = {"tag": _("tag")}


class NovelTagInline(admin.TabularInline):
    model = NovelTag
    form = NovelTagForm
    formset = NovelTagFormSet
    verbose_name, verbose_name_plural = _("tag"), _("tags")
    extra = 0
    autocomplete_fields = ["tag"]
    ordering = ["-strength", "tag__position"]


class NameForm(forms.ModelForm):
    class Meta:
        model = Name
        fields = ["text"]

    def clean_text(self):
        """A name that the novel already has, in whatever spelling, would break the database's own rule."""
        text = self.cleaned_data["text"]
        if not key(text):
            raise forms.ValidationError(_("A name needs at least one letter or digit."))
        others = Name.objects.filter(novel_id=self.instance.novel_id, key=key(text)).exclude(pk=self.instance.pk)
        if self.instance.novel_id and others.exists():
            raise forms.ValidationError(_("The novel already has this name."))
        return text


class NameFormSet(forms.BaseInlineFormSet):
    def clean(self):
        super().clean()
        seen = set()
        for form in self.forms:
            folded = key(getattr(form, "cleaned_data", {}).get("text", ""))
            if folded in seen and not form.cleaned_data.get("DELETE"):
                form.add_error("text", _("The novel already has this name."))
            if folded:
                seen.add(folded)


class NameInline(admin.TabularInline):
    """The names people gave; those copied from the titles follow the titles."""

    model = Name
    form = NameForm
    formset = NameFormSet
    extra = 1
    verbose_name_plural = _("other names")

    def get_queryset(self, request):
        return super().get_queryset(request).filter(given=True)


@admin.register(Novel)
class NovelAdmin(WithMarks, WithHistory, WithChecks, FromGap, FromDraft, OwnedByOperators):
    uncounted = [Spelling]  # a hundred of each
    list_display = ["title_ko", "title_ja", "title_en", "year", "volumes", "status", "anime", "tone", "renown"]
    list_filter = ["status", "tone", "anime", TagFilter]
    list_per_page = 50
    search_fields = ["slug"]
    search_help_text = _("Any name, in any spelling, or the slug")
    prepopulated_fields = {"slug": ["title_en"]}
    inlines = [NovelTagInline, NameInline]
    fieldsets = [
        (_("Titles"), {"fields": ["slug", ("title_ko", "title_ko_certain"), "title_ja", "title_en", "title_romaji"]}),
        (
            _("Facts"),
            {
                "fields": [
                    ("authors", "authors_ko", "authors_en"),
                    "illustrators",
                    ("imprint", "year", "volumes", "status"),
                    ("anime", "renown", "tone"),
                    "adaptations",
                ]
            },
        ),
        (_("Synopses"), {"fields": [("synopsis_ko", "synopsis_en", "synopsis_ja"), "premise", "notes", "arcs"]}),
        (_("Editions and kin"), {"fields": ["editions", "related", "reading_order", "kin", "external_ids"]}),
    ]

    def get_search_results(self, request, queryset, search_term):
        """Names as readers find them; a slug, or a part of one, too."""
        by_slug, duplicates = super().get_search_results(request, queryset, search_term)
        return by_slug | queryset.filter(pk__in=search.ranked(search_term, MAX_FOUND)), duplicates

    def changed(self, instance):
        rename(instance)


@admin.register(Tag)
class TagAdmin(OwnedByOperators):
    list_display = ["slug", "group", "label_ko", "label_en", "label_ja", "novel_count"]
    list_filter = ["group"]
    search_fields = ["slug", "label_ko", "label_en", "label_ja"]
    list_per_page = 200

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(carried=Count("novel_tags"))

    @admin.display(description=_("novels"), ordering="carried")
    def novel_count(self, tag):
        return tag.carried


class VolumeForm(forms.ModelForm):
    class Meta:
        model = Volume
        fields = ["novel", "number", "language", "format", "isbn13", "released_on", "title", "url"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["number"] = shown(self.instance.number)

    def clean_number(self):
        return sortable(self.cleaned_data["number"])

    def clean_isbn13(self):
        remarks = []
        isbn13 = releases.isbn13(self.cleaned_data["isbn13"], remarks)
        if remarks:
            raise forms.ValidationError(_("This is no ISBN."))
        return isbn13


@admin.register(Volume)
class VolumeAdmin(admin.ModelAdmin):
    """What is saved here is the operator's: no list changes it any more."""

    form = VolumeForm
    list_display = ["novel", "shown_number", "language", "format", "released_on", "isbn13", "source"]
    list_filter = ["language", "format", "source"]
    list_select_related = ["novel"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["=isbn13", "=novel__slug"]
    search_help_text = _("An ISBN, or the slug of the work")
    autocomplete_fields = ["novel"]

    @admin.display(description=_("number"), ordering="number")
    def shown_number(self, volume):
        return volume.shown_number

    def save_model(self, request, obj, form, change):
        obj.source, obj.as_of = Volume.Source.BY_HAND, timezone.localdate()
        super().save_model(request, obj, form, change)
