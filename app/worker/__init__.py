"""Background work: steps, waits that became due, messages from departments."""
