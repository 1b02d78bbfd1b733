from django.core.management.base import BaseCommand

from ...catalogue.snapshot import current_catalogue
from ...language.learned import act_classifier
from ...language.turns import act_training


class Command(BaseCommand):
    help = "Train what tells how likely a turn does an act, from chatbot/language/examples, and keep its weights."

    def handle(self, **options):
        count = act_training.train(current_catalogue())
        self.stdout.write(f"{count} examples, kept in {act_classifier.WEIGHTS.name}")
