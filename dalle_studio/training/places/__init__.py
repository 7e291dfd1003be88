"""The settings of composed pictures, each drawn by code with its depth and light."""
