from django.urls import path

from . import history_views, views
from .sharing import views as sharing_views
from .takeout import views as takeout_views

app_name = "chatbot"

urlpatterns = [
    path("", views.home, name="home"),
    path("conversations/", views.start, name="start"),
    path("conversations/find/", history_views.find, name="find"),
    path("conversations/archived/", history_views.archived, name="archived"),
    path("conversations/takeout/", takeout_views.takeout, name="takeout"),
    path("conversations/takeout/<int:pk>.zip", takeout_views.archive, name="archive_file"),
    path("conversations/shares/", sharing_views.shares, name="shares"),
    path("conversations/shares/<int:pk>/revoke/", sharing_views.revoke, name="revoke"),
    path("conversations/<int:pk>/", views.conversation, name="conversation"),
    path("conversations/<int:pk>/ask/", views.ask, name="ask"),
    path("conversations/<int:pk>/rename/", views.rename, name="rename"),
    path("conversations/<int:pk>/delete/", views.delete, name="delete"),
    path("conversations/<int:pk>/restore/", views.restore, name="restore"),
    path("conversations/<int:pk>/pin/", history_views.pin, name="pin"),
    path("conversations/<int:pk>/archive/", history_views.archive, name="archive"),
    path("conversations/<int:pk>/export/", takeout_views.conversation, name="export"),
    path("conversations/<int:pk>/picks/", takeout_views.picks, name="picks"),
    path("conversations/<int:pk>/share/", sharing_views.share, name="share"),
    path("s/<str:token>/", sharing_views.shared, name="shared"),
    path("s/<str:token>/card.png", sharing_views.picture, name="shared_picture"),
    path("s/<str:token>/continue/", sharing_views.continue_, name="continue"),
    path("turns/<int:pk>/", views.turn, name="turn"),
    path("turns/<int:pk>/stop/", views.stop, name="stop"),
    path("turns/<int:pk>/retry/", views.retry, name="retry"),
    path("turns/<int:pk>/more/", views.more, name="more"),
    path("turns/<int:pk>/without/", views.without, name="without"),
    path("turns/<int:pk>/edit/", views.edit, name="edit"),
    path("turns/<int:pk>/feedback/", views.feedback, name="feedback"),
]
