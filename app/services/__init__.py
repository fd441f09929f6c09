"""One file per family of department services; the folder grows with the city."""
