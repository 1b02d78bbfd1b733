"""Breaks everything that can break while readers ask, and counts what came of it: `make chaos`.

The real processes of the Procfile, a database and a queue of its own, readers over HTTP as the page does it, and a
model that misbehaves. `upstream.py` is the model, `stack.py` the processes and how they are killed, `readers.py` the
readers, `door.py` who signs up and who has forgotten a password, `verdict.py` what must hold in the end.
"""
