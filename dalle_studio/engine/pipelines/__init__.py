"""One file for each model family. Imported only inside the worker process: these files import torch."""
