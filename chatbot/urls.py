from django.urls import path

from . import views

app_name = "chatbot"

urlpatterns = [
    path("", views.home, name="home"),
    path("conversations/", views.start, name="start"),
    path("conversations/<int:pk>/", views.conversation, name="conversation"),
    path("conversations/<int:pk>/ask/", views.ask, name="ask"),
    path("conversations/<int:pk>/rename/", views.rename, name="rename"),
    path("conversations/<int:pk>/delete/", views.delete, name="delete"),
    path("conversations/<int:pk>/restore/", views.restore, name="restore"),
    path("turns/<int:pk>/", views.turn, name="turn"),
    path("turns/<int:pk>/stop/", views.stop, name="stop"),
    path("turns/<int:pk>/retry/", views.retry, name="retry"),
    path("turns/<int:pk>/more/", views.more, name="more"),
    path("turns/<int:pk>/without/", views.without, name="without"),
    path("turns/<int:pk>/edit/", views.edit, name="edit"),
]
