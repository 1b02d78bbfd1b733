"""What the worker does. A task takes ids and delegates; the database says whether there is anything to do."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task, on_startup, signal
from huey.signals import SIGNAL_INTERRUPTED

from chatbot import retention
from chatbot.models import Turn
from users.reading_lists import work as reading_lists

from . import heartbeat, mail, sweeping
from .models import Letter, TaskCount, Worker


@db_task()
def write_reply(turn_id):
    with heartbeat.holding(turn_id):
        if turn := Turn.objects.claim(turn_id, heartbeat.NAME):
            # Only here, so that the web process, which imports this module to enqueue, never loads the model's client.
            from chatbot import replies

            replies.write(turn)


@db_periodic_task(crontab(minute="*"))
def rescue():
    Turn.objects.rescue()
    Worker.forget_gone()
    Letter.objects.forget()
    TaskCount.objects.forget()


@db_task()
def deliver_mail():
    mail.deliver()


@db_periodic_task(crontab(minute="*"))
def deliver_mail_again():
    """What failed before, and what nobody was told of."""
    mail.deliver()


@db_task()
def sweep():
    if not sweeping.sweep():
        # A little at a time, so that a worker that is told to end has not to wait for it.
        sweep()


@db_periodic_task(crontab(minute="*"))
def sweep_again():
    sweep.call_local()


@db_task()
def fill_review_queue():
    from chatbot.review import filling  # only here, as the web process needs none of it

    if not filling.fill():
        fill_review_queue()  # as `sweep`: a little at a time


@db_periodic_task(crontab(minute="*"))
def fill_review_queue_again():
    fill_review_queue.call_local()


@db_periodic_task(crontab(minute="*"))
def check_alerts():
    from chatbot.alerts import checking  # only here, as the web process needs none of it

    checking.check()


@db_task()
def roll_up_figures():
    from chatbot.figures import rolling  # only here, as the web process needs none of it

    if not rolling.roll_up():
        roll_up_figures()  # as `sweep`: a little at a time


@db_periodic_task(crontab(minute="*"))
def roll_up_figures_again():
    roll_up_figures.call_local()


@db_task()
def carry_out_retention():
    if not retention.carry_out():
        carry_out_retention()  # as `sweep`


@db_periodic_task(crontab(minute="7,37"))
def carry_out_retention_again():
    carry_out_retention.call_local()


@db_task()
def work_on_list(pk):
    reading_lists.go_on(pk)


@db_periodic_task(crontab(minute="*"))
def work_on_lists_again():
    reading_lists.go_on_with_stalled()


@db_task()
def work_on_upload(pk):
    from chatbot.catalogue.importing import uploads  # only here, as the web process only tells

    uploads.go_on(pk)


@db_periodic_task(crontab(minute="*"))
def work_on_uploads_again():
    from chatbot.catalogue.importing import uploads

    uploads.go_on_with_stalled()


@db_task()
def make_takeouts():
    # Only here: it presents turns, for which the web process has other modules loaded.
    from chatbot.takeout import archive

    archive.make_waiting()


@db_periodic_task(crontab(minute="*"))
def make_takeouts_again():
    """What nobody was told of, and what a worker left behind."""
    make_takeouts.call_local()


@db_task()
def review_again():
    # Only here: it asks the model, whose client the web process never loads.
    from chatbot.review import working

    if working.work():
        review_again()  # as `sweep`: a little at a time


@db_periodic_task(crontab(minute="*"))
def review_again_later():
    """What nobody was told of, and what a worker left behind."""
    review_again.call_local()


@on_startup()
def begin_heartbeat():
    heartbeat.begin()


@signal(SIGNAL_INTERRUPTED)
def hand_over(signal, task):
    """The worker is told to end and the time to finish is over (`shutdown_timeout`). Called once for each task."""
    heartbeat.hand_over()
