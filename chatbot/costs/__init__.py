"""What replies cost: prices by model with dates of effect, a day's budget, and what was spent on which model."""
