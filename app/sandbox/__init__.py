"""A city of departments in one process, with its own ledger and its own faults."""
