from django.urls import path

from lightnovel.urls import *  # noqa: F403
from lightnovel.urls import urlpatterns as its_own

from . import views

urlpatterns = [
    path("conversations/<int:pk>/ask/", views.ask),
    path("turns/<int:pk>/", views.turn),
    *its_own,
]
