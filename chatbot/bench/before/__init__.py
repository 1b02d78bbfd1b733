"""How the same library answers without its way of waiting: the model called inside the request, or by a Celery task
while the page polls. Everything else is the library's own: pages, sessions, understanding, prompts, verification.
"""
