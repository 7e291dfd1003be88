"""The library: every picture of a folder, findable, with stars, collections and descent, in one SQLite file.

The pictures are the truth and the database is an index of them: without it nothing is lost but stars, kept marks
and collections, and those are in its backups. `library.py` is the way in; the other files serve it.

Does not know threads or windows: whoever calls keeps what is slow off the main thread.
"""
