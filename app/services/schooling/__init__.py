"""School and kindergarten entry: categories, places, the draw, checks and what follows."""
