"""Bringing in what operators have: other catalogues and tables of their own.

A format reads a file into records (`records`), one at a time; `matching` says which work a record is about, or that it
is not sure; `applying` writes what is sure, keeps what it replaced, and takes it back again. Descriptions are never
taken: they belong to who wrote them, and the shelf's own are written for it.
"""
