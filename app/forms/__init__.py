"""Declared questions and what people answer; knows nothing of HTML, HTTP or databases."""
