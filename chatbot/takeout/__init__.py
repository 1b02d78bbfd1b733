"""What readers take out: conversations as text, the books offered as a list, all that is theirs as one archive."""
