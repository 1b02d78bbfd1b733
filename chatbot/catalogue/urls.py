from django.urls import path

from . import views

app_name = "catalogue"

urlpatterns = [
    path("", views.browse, name="browse"),
    path("<slug:slug>/", views.novel, name="novel"),
    path("<slug:slug>/cover.svg", views.cover, name="cover"),
]
