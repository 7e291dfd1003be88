"""Dalle Studio: a picture studio that runs on the designer's own machine, offline."""

__version__ = "0.1.0"
