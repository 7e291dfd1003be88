"""`python -m dalle_studio` is the same as `dalle-studio`."""

from dalle_studio.cli import main

if __name__ == "__main__":
    main()
