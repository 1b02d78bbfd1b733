from django.urls import path

from . import views

app_name = "users"

urlpatterns = [
    path("", views.settings, name="settings"),
    path("delete/", views.delete, name="delete"),
    path("shelf/", views.shelf, name="shelf"),
    path("shelf/<slug:slug>/", views.put_on_shelf, name="put_on_shelf"),
]
