"""Score a model: see `scorecard`."""

from dalle_studio.training.score.scorecard import main

main()
