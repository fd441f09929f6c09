"""The only place that speaks HTTP to departments or keeps files."""
