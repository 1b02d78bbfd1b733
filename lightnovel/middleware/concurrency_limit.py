import threading

from .. import outage

MAX_CONCURRENT = 2
# One whose password is hashed (users/passwords.py) and one that is before or behind it.
MAX_WITH_PASSWORD = 2
WITH_PASSWORD = ("/accounts/", "/users/delete/", "/admin/users/user/")
# What is sent there is no password: it need not wait for those of others.
WITHOUT = {"/accounts/password/reset/", "/accounts/logout/", "/accounts/email/"}
PATIENCE = 55  # seconds in line; proxies wait for 60


class ConcurrencyLimitMiddleware:
    """Lets two requests of a process be worked on at once; others wait in the order they came.

    A process has many more threads, for polls that are held. All at work together they would only take the processor
    from each other. A held poll gives back `request.slot` meanwhile (chatbot/long_polling.py). Who sends something waits
    for nobody: it is what readers notice first, and rare beside the polls. But who sends a password waits in a line of
    their own, as it costs more than any page; nothing is asked of the database while they wait.
    """

    with_password = threading.Semaphore(MAX_WITH_PASSWORD)

    def __init__(self, get_response):
        self.get_response = get_response
        self.slots = threading.Semaphore(MAX_CONCURRENT)

    def __call__(self, request):
        if request.method == "POST":
            return self._sent(request)
        request.slot = self.slots
        with self.slots:
            return self.get_response(request)

    def _sent(self, request):
        if not request.path_info.startswith(WITH_PASSWORD) or request.path_info in WITHOUT:
            return self.get_response(request)
        if not self.with_password.acquire(timeout=PATIENCE):
            return outage.busy(request)
        try:
            return self.get_response(request)
        finally:
            self.with_password.release()
