"""What learns: autoencoder, denoiser with its adapter, image prompt, upscaler, and their optimizer."""
