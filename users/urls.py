from django.urls import include, path

from . import views
from .reading_year import views as reading_year
from .releases import feeds
from .releases import views as releases
from .shelf import exports
from .shelf import views as shelf

app_name = "users"

urlpatterns = [
    path("", views.settings, name="settings"),
    path("delete/", views.delete, name="delete"),
    path("guest/", views.guest, name="guest"),
    path("looks/", views.looks, name="looks"),
    path("lists/", include("users.reading_lists.urls")),
    path("shelf/", shelf.shelf, name="shelf"),
    path("shelf.csv", exports.shelf_table, name="shelf_table"),
    path("shelf-myanimelist.xml", exports.shelf_myanimelist, name="shelf_myanimelist"),
    path("shelf/changes/many/", shelf.change_many, name="change_many"),
    path("shelf/changes/<int:pk>/undo/", shelf.undo, name="undo_on_shelf"),
    path("shelf/<slug:slug>/", shelf.put_on_shelf, name="put_on_shelf"),
    path("shelf/<slug:slug>/entry/", shelf.entry, name="shelf_entry"),
    path("shelf/<slug:slug>/not-yet/", shelf.not_yet, name="not_yet_begun"),
    path("releases/", releases.releases, name="releases"),
    path("releases/address/", releases.address, name="release_address"),
    path("releases/<str:token>/volumes.ics", feeds.ics, name="releases_ics"),
    path("releases/<str:token>/volumes.rss", feeds.ReleaseFeed(), name="releases_rss"),
    path("year/", reading_year.latest, name="latest_year"),
    path("year/<int:year>/", reading_year.year, name="year"),
    path("taste/", views.taste, name="taste"),
    path("taste/add/", views.add_taste, name="add_taste"),
    path("taste/pause/", views.pause_taste, name="pause_taste"),
    path("taste/<int:pk>/", views.change_taste, name="change_taste"),
]
