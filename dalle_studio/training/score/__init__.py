"""The scorecard: judges trained on other art look at what the model makes."""
