"""Pages for residents, phone first."""
