"""How the theme is made; nothing here is needed to run the portal."""
