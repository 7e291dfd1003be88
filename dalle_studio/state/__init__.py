"""Floor 2: application state. Knows QtCore, requests, events and the engine protocol.

Does not know widgets, torch, or how pictures are drawn.
"""
