"""Paint the sample painting: see `painting`."""

from dalle_studio.training.painting.painting import main

main()
