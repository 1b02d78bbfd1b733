from django.urls import path

from . import views

app_name = "users"

urlpatterns = [
    path("", views.settings, name="settings"),
    path("delete/", views.delete, name="delete"),
    path("shelf/", views.shelf, name="shelf"),
    path("shelf/<slug:slug>/", views.put_on_shelf, name="put_on_shelf"),
    path("taste/", views.taste, name="taste"),
    path("taste/add/", views.add_taste, name="add_taste"),
    path("taste/pause/", views.pause_taste, name="pause_taste"),
    path("taste/<int:pk>/", views.change_taste, name="change_taste"),
]
