from django.urls import path

from . import views

app_name = "users"

urlpatterns = [
    path("", views.settings, name="settings"),
    path("delete/", views.delete, name="delete"),
]
