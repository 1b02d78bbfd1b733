"""How long readers wait for us, apart from the model: `make bench`, or `python -m chatbot.bench --help`.

The real stack, started by the Procfile's own commands on a database that is thrown away, is asked by readers who do
what the page does, and answered by an upstream that notes when each piece left. What lies between a piece leaving
there and being visible here is ours. Everything runs on one machine: the upstream and the readers take their share of
its cores, which is not counted among ours but makes us slower.
"""
