import pytest

from chatbot.language.turns import act_reader


@pytest.fixture
def rules_alone(monkeypatch):
    """Turns are read by the rules, and nothing is mended by likeness to examples."""
    monkeypatch.setattr(act_reader, "settled_by_likeness", lambda turn, reader: turn)
