import threading

SEATS = 8


class SeatsMiddleware:
    """Lets eight requests of a process be worked on at once; others wait in the order they came.

    A process has many more threads, for polls that are held. All at work together they would only take the processor
    from each other. A held poll leaves `request.seat` meanwhile (chatbot/watch.py).
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.seats = threading.Semaphore(SEATS)

    def __call__(self, request):
        request.seat = self.seats
        with self.seats:
            return self.get_response(request)
