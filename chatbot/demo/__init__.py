"""A library that has been in use for three months, made up: for trying the operators' desk and for pictures of it.

`planning` draws who asks what and what becomes of it, `playing` lets it happen.
"""
