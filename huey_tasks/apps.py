from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HueyTasksConfig(AppConfig):
    name = "huey_tasks"
    verbose_name = _("Background work")
