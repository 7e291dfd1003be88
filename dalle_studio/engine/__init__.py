"""Floor 1a: a request in, events out.

Knows models, devices and processes. Does not know Qt, disks of pictures, or who is asking.
"""
