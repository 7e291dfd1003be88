"""How a finished scene is redrawn in a style."""
