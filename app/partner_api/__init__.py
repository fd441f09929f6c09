"""The API that other apps and department systems use."""
