"""The things a picture can show, and their art: fetched, rendered as sprites, packed into the library."""
