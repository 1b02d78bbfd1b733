"""The catalogue as operators keep it. What they change here is theirs: loading the files does not revert it."""

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..text.folding import key
from . import search
from .gaps_admin import FromGap
from .importing.admin import FromDraft
from .loading import rename
from .models import Name, Novel, NovelTag, Revision, Spelling, Tag

MAX_FOUND = 500  # works one search lists


class OwnedByOperators(admin.ModelAdmin):
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


class NovelTagInline(admin.TabularInline):
    model = NovelTag
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
class NovelAdmin(FromGap, FromDraft, OwnedByOperators):
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
        (_("Synopses"), {"fields": [("synopsis_ko", "synopsis_en", "synopsis_ja")]}),
        (_("Editions and kin"), {"fields": ["editions", "related", "kin"]}),
    ]

    def get_search_results(self, request, queryset, search_term):
        """Names as readers find them; a slug, or a part of one, too."""
        by_slug, duplicates = super().get_search_results(request, queryset, search_term)
        return by_slug | queryset.filter(pk__in=search.ranked(search_term, MAX_FOUND)), duplicates

    def get_deleted_objects(self, objs, request):
        """Spellings go with their novel: there are a hundred of each, and nobody has to be asked about them."""
        listed, counts, *refusals = super().get_deleted_objects(objs, request)
        counts.pop(Spelling._meta.verbose_name_plural, None)
        return _without(listed, f"{capfirst(Spelling._meta.verbose_name)}: "), counts, *refusals

    def changed(self, instance):
        rename(instance)


def _without(listed, start):
    """The nested lists of `listed` less what begins with `start`."""
    kept = [_without(one, start) if isinstance(one, list) else one for one in listed]
    return [one for one in kept if isinstance(one, list) or not one.startswith(start)]


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
