"""How the starter model was made, from clip art to a folder that the studio can load.

The stages follow one another, and each leaves its result in the work folder:

    art             openly licensed emoji art is fetched and rendered as sprites
    pictures        scenes are composed from the sprites, each with its caption
    tokenizer       a small vocabulary is learned from captions in English and Chinese
    autoencoder     a picture becomes 16 x 16 x 16 latents and comes back (AutoencoderTiny)
    pairs           many more scenes are composed and stored as latents, each with its sketch
    denoiser        a text encoder, a UNet and a T2I-Adapter learn to draw pictures over sketches
    image_prompt    an image encoder and an IP-Adapter learn to keep the content of a picture
    upscaler        a small network learns to enlarge pictures fourfold
    library         the art is packed, with drawings of the places
    export          an ordinary Stable Diffusion folder in half precision, with all of the above
    judges          networks learn, from other art, to say what the model's pictures show

Run them with ``python -m dalle_studio.training --work DIR``. Every stage can be killed at any
moment and goes on where it was. ``python -m dalle_studio.training.score`` then marks the model.

The folders are floors, and an import goes down:

    score, export       the scorecard and its judges; the finished folder
    networks            what is trained, and how
    pictures            whole pictures and their sketches, composed and stored
    words               scenes, their captions in two languages, the tokenizer
    places, styles      where a scene is set; how it is drawn
    art                 the things that can be drawn, and their sprites
    draw                canvas, colours, light
    run                 device, loop, whole files, progress

`painting` stands apart: it paints the sample painting that the studio shows how to vary.

What this package does not know: the window and the gallery. Nothing in the product imports it. From the
product it takes what both must agree on: scenes and layouts from `core`, conditions and file formats from
`engine`; only the scorecard runs the studio's engine.
"""
