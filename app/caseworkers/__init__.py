"""Pages for department officers: queues, one case on one screen, decisions."""
