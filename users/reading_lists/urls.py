from django.urls import path

from . import views

urlpatterns = [
    path("", views.lists, name="lists"),
    path("<int:pk>/", views.reading_list, name="reading_list"),
    path("<int:pk>/columns/", views.choose_columns, name="choose_columns"),
    path("<int:pk>/answers/", views.answer_all, name="answer_list"),
    path("<int:pk>/keep/", views.keep, name="keep_list"),
    path("<int:pk>/undo/", views.undo, name="undo_list"),
    path("<int:pk>/delete/", views.delete, name="delete_list"),
    path("<int:pk>/missing.csv", views.missing, name="missing_of_list"),
    path("works/<int:pk>/", views.listed_work, name="listed_work"),
]
