"""The catalogue desk: what operators need to keep works right. Checks, history, and what was marked as wrong."""
