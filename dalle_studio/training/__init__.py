"""How the starter model was made, from clip art to a folder that the studio can load.

The stages follow one another, and each leaves its result in the work folder:

    art             openly licensed emoji art is fetched and rendered as sprites
    pictures        scenes are composed from the sprites, each with its caption
    tokenizer       a small byte-level vocabulary is learned from the captions
    autoencoder     a picture becomes 16 x 16 x 16 latents and comes back (AutoencoderTiny)
    latents         many more scenes are composed and stored as latents and captions
    denoiser        a text encoder and a UNet learn to turn noise into latents (v-prediction)
    export          an ordinary Stable Diffusion folder in half precision

Run them with ``python -m dalle_studio.training --work DIR``. Every stage can be killed at any
moment and goes on where it was.

`painting` stands apart: it paints the sample painting that the studio shows how to vary.

What this package does not know: the studio. It imports nothing from the other packages, has no
window, no gallery and no requests, and nothing in the product imports it.
"""
