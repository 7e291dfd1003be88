"""Floor 1b: disk. Knows where things lie and how they are read and written without loss.

Does not know Qt, torch, engines or widgets.
"""
