from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .forms import DeletionForm, SettingsForm
from .quota import quota_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request):
    form = SettingsForm(request.POST if request.method == "POST" else None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your time zone is kept."))
        return redirect("users:settings")
    context = {"form": form, "quota": quota_of(request.user)}
    return render(request, "users/settings.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request):
    form = DeletionForm(request.POST if request.method == "POST" else None, user=request.user)
    if not form.is_valid():
        return render(request, "users/delete.html", {"form": form}, status=422 if form.is_bound else 200)
    reader = request.user
    for session in UserSession.objects.filter(user=reader):
        session.end()
    logout(request)
    reader.delete()
    messages.success(request, _("Your account and everything in it are gone for good. Thank you for reading here."))
    return redirect("/")
