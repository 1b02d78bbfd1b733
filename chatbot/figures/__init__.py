"""What a day's turns amount to, counted once and kept, and drawn for operators."""
