"""Django's way to SQLite, less the price of a connection: what one thread closes, another goes on with.

A held poll gives its connection back (chatbot/long_polling.py) and needs one again when there is news. To open a file,
read its schema and teach SQLite Django's functions costs more than all that such a poll asks. On PostgreSQL psycopg's
pool does the same.
"""
