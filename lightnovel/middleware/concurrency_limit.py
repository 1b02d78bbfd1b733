import threading

MAX_CONCURRENT = 2


class ConcurrencyLimitMiddleware:
    """Lets two requests of a process be worked on at once; others wait in the order they came.

    A process has many more threads, for polls that are held. All at work together they would only take the processor
    from each other. A held poll gives back `request.slot` meanwhile (chatbot/long_polling.py). Who sends something waits
    for nobody: it is what readers notice first, and rare beside the polls.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.slots = threading.Semaphore(MAX_CONCURRENT)

    def __call__(self, request):
        if request.method == "POST":
            return self.get_response(request)
        request.slot = self.slots
        with self.slots:
            return self.get_response(request)
