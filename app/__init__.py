"""The One-Thing portal: one form, one submission, every department."""
