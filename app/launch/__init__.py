"""Starts everything the portal needs on one machine, and stops it again."""
