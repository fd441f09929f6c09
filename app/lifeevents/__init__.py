"""One file per life event; the folder grows with the city."""
