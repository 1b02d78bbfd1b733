"""Telling operators when replies go wrong: rules, what they measure, and the alerts they raise."""
