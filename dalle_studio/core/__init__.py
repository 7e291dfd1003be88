"""Floor 0: pure data and pure functions on it.

Knows the Python standard library, numpy and Pillow. Does not know Qt, torch, files, threads or processes.
"""
