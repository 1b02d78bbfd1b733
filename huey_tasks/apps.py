from django.apps import AppConfig


class HueyTasksConfig(AppConfig):
    name = "huey_tasks"
