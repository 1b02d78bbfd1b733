"""Turns made ready for reading, wherever a conversation is shown: the page, the poll, the admin.

`turns.present` makes a PresentedTurn of each turn. Its reply becomes `blocks` of `prose` and `cards`; `markdown` renders
and sanitises the prose. A card carries a `receipt`, whose lines find their words in `reasons`, `breaches` and `caveats`;
what was understood of the ask becomes `chips`. `lookup` fetches what all of them show, `kept` spares a poll what its
page has already.
"""
