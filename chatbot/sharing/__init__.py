"""A conversation shared by a link: a frozen copy without its reader, that can be taken back."""
