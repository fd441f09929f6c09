"""Measures speed and memory of the whole portal, each figure beside a floor of the same run."""
