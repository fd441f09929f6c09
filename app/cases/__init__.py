"""The only place that touches case tables; nothing in here commits."""
