"""Floor 3: widgets. They read the state of floor 2, call its methods, and own no truth.

Does not know the engine, torch, or files on disk other than the icons and fonts it is drawn with.
"""
