"""The sample painting that the studio shows how to vary."""
