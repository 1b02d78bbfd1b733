"""What readers say, as files: `data/<language>/<subject>.txt`, in the form that `text.phrasebook` describes."""

from pathlib import Path

from ...text.phrasebook import Phrasebook

PHRASES = Phrasebook(Path(__file__).parents[1] / "data")
