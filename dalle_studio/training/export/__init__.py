"""The finished model's folder and its card."""
