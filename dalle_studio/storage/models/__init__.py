"""Models and add-ons: what can be had, what is installed, and how it comes here. Knows no torch."""
