# Imported first, so that allauth has registered what is replaced here.
import allauth.mfa.admin
import allauth.socialaccount.admin
import allauth.usersessions.admin  # noqa: F401
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.hashers import make_password
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from lightnovel.counted_deletion import CountedDeletion

from . import leaving
from .models import DailyUse, User


class ReadOnly:
    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class DailyUseInline(ReadOnly, admin.TabularInline):
    model = DailyUse
    fields = readonly_fields = ["on_day", "used_up"]
    ordering = ["-day"]
    max_num = 0
    can_delete = False

    @admin.display(description=_("day"))
    def on_day(self, use):
        return use.day

    @admin.display(description=_("replies"))
    def used_up(self, use):
        return use.used


class ReaderCreationForm(AdminUserCreationForm):
    """Takes the hash from the view, as it saves inside a transaction."""

    hashed = None

    def clean_username(self):
        return get_adapter().clean_username(self.cleaned_data["username"])

    def set_password_and_save(self, user, *args, **kwargs):
        if not self.cleaned_data["set_usable_password"]:
            return super().set_password_and_save(user, *args, **kwargs)
        user.password = self.hashed
        return user


@admin.register(User)
class ReaderAdmin(CountedDeletion, UserAdmin):
    add_form = ReaderCreationForm
    list_display = [
        "__str__",
        "email",
        "conversation_count",
        "is_guest",
        "is_staff",
        "is_active",
        "date_joined",
        "last_login",
    ]
    list_filter = ["is_guest", "is_staff", "is_superuser", "is_active", "date_joined", "last_login"]
    search_fields = ["username", "email"]
    date_hierarchy = "date_joined"
    ordering = ["-date_joined"]
    inlines = [DailyUseInline]
    readonly_fields = ["conversation_count", "date_joined", "last_login"]
    fieldsets = [
        (None, {"fields": ["username", "email", "timezone", "conversation_count"]}),
        (_("Permissions"), {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("Important dates"), {"fields": ["date_joined", "last_login"]}),
    ]

    def add_view(self, request, form_url="", extra_context=None):
        """Hash the password before the transaction in which Django's own view adds the reader."""
        if request.method == "POST" and self.has_add_permission(request):
            request.hashed = make_password(request.POST.get("password1", ""))
        return super().add_view(request, form_url, extra_context)

    def save_form(self, request, form, change):
        if not change:
            form.hashed = request.hashed
        return super().save_form(request, form, change)

    def get_search_results(self, request, queryset, search_term):
        # PostgreSQL refuses NUL; the list strips it, the choice by typing does not.
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def get_queryset(self, request):
        kept = Count("conversations", filter=Q(conversations__deleted_at=None))
        return super().get_queryset(request).filter(leaving_at=None).annotate(kept_conversations=kept)

    def get_readonly_fields(self, request, obj=None):
        """Only a superuser hands out rights; else whoever may edit readers could make themselves one."""
        fields = super().get_readonly_fields(request, obj)
        if request.user.is_superuser:
            return fields
        return [*fields, "is_staff", "is_superuser", "groups", "user_permissions"]

    def has_change_permission(self, request, obj=None):
        """Who could change an operator's address or password could become them. A guest has nothing to be changed."""
        if obj is not None and obj.is_guest:
            return False
        theirs = obj is None or not (obj.is_staff or obj.is_superuser) or obj == request.user
        return super().has_change_permission(request, obj) and (theirs or request.user.is_superuser)

    def has_delete_permission(self, request, obj=None):
        theirs = obj is None or not (obj.is_staff or obj.is_superuser)
        return super().has_delete_permission(request, obj) and (theirs or request.user.is_superuser)

    def get_deleted_objects(self, objs, request):
        listed, counts, refused, protected = super().get_deleted_objects(objs, request)
        if not all(self.has_delete_permission(request, reader) for reader in objs):
            refused = {*refused, self.opts.verbose_name}
        return listed, counts, refused, protected

    def delete_rows(self, rows):
        leaving.close(rows)

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    @admin.display(description=_("conversations"), ordering="kept_conversations")
    def conversation_count(self, reader):
        url = reverse("admin:chatbot_conversation_changelist")
        return format_html('<a href="{}?reader__id__exact={}">{}</a>', url, reader.pk, reader.kept_conversations)


# What they hold opens doors: keys of logins, tokens of readers at other services, session keys, secrets.
for model in (Authenticator, SocialApp, SocialToken, UserSession):
    admin.site.unregister(model)


@admin.register(Authenticator)
class SecondFactorAdmin(ReadOnly, admin.ModelAdmin):
    """Which second factors readers have, to take one away from who lost it; never the secret itself."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type", "created_at", "last_used_at"]
    search_fields = ["user__username", "user__email"]
    fields = list_display


@admin.register(UserSession)
class SessionAdmin(ReadOnly, admin.ModelAdmin):
    """Where readers are logged in, to end one; never the key of the session."""

    list_display = ["user", "created_at", "last_seen_at", "ip", "user_agent"]
    search_fields = ["user__username", "ip"]
    fields = list_display

    def delete_model(self, request, session):
        session.end()

    def delete_queryset(self, request, queryset):
        for session in queryset:
            session.end()
