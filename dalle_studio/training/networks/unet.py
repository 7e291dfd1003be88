"""What the denoiser is made of: a UNet, a CLIP text encoder, and a T2I-Adapter that shows it sketches.

With them: the noise schedule, and the Stable Diffusion pipeline they go into.
"""

# pyright: reportPrivateImportUsage=false
# diffusers exports its names lazily, which type checkers do not see.

from __future__ import annotations

from dataclasses import dataclass

import torch
from diffusers import (
    AutoencoderTiny,
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    StableDiffusionPipeline,
    T2IAdapter,
    UNet2DConditionModel,
)
from diffusers.models.attention_processor import AttnProcessor
from torch import Tensor
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from dalle_studio.engine.pipelines.conditions import channel_count
from dalle_studio.training.draw.frame import SIDE
from dalle_studio.training.networks.autoencoder import DOWNSAMPLING, LATENT_CHANNELS
from dalle_studio.training.words.tokenizer import MAX_TOKENS


@dataclass(frozen=True)
class Size:
    """How large the denoiser is."""

    channels: tuple[int, int, int] = (96, 160, 224)
    """UNet channels at 16 x 16, 8 x 8 and 4 x 4."""
    heads: tuple[int, int, int] = (1, 4, 4)
    """Attention heads of each level. diffusers calls their number ``attention_head_dim``."""
    text_width: int = 256
    text_layers: int = 4


def make_unet(size: Size) -> UNet2DConditionModel:
    """An untrained UNet for 16 x 16 x 16 latents."""
    unet = UNet2DConditionModel(
        sample_size=SIDE // DOWNSAMPLING,
        in_channels=LATENT_CHANNELS,
        out_channels=LATENT_CHANNELS,
        down_block_types=("CrossAttnDownBlock2D",) * 3,
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        block_out_channels=size.channels,
        layers_per_block=1,
        cross_attention_dim=size.text_width,
        attention_head_dim=size.heads,  # pyright: ignore[reportArgumentType]
    )
    if not torch.cuda.is_available():
        unet.set_attn_processor(AttnProcessor())  # its backward pass takes half the time of torch's fused one
    return unet.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]


def make_text_encoder(size: Size, tokenizer: CLIPTokenizer) -> CLIPTextModel:
    """An untrained text encoder for the vocabulary of a tokenizer."""
    config = CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=size.text_width,
        intermediate_size=4 * size.text_width,
        num_hidden_layers=size.text_layers,
        num_attention_heads=4,
        max_position_embeddings=MAX_TOKENS,
        projection_dim=size.text_width,
        bos_token_id=tokenizer.bos_token_id,  # pyright: ignore[reportArgumentType]
        eos_token_id=tokenizer.eos_token_id,  # pyright: ignore[reportArgumentType]
        pad_token_id=tokenizer.pad_token_id,  # pyright: ignore[reportArgumentType]
        hidden_act="gelu",
    )
    return CLIPTextModel(config)


def make_adapter(size: Size) -> T2IAdapter:
    """An untrained adapter that turns stacked conditions into features for each level of the UNet."""
    adapter = T2IAdapter(
        in_channels=channel_count(LATENT_CHANNELS),
        channels=list(size.channels),
        num_res_blocks=2,
        downscale_factor=1,
    )
    return adapter.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]


class Networks(torch.nn.Module):
    """What is trained together."""

    def __init__(self, size: Size, tokenizer: CLIPTokenizer, seed: int) -> None:
        """Make them; the same for the same seed."""
        super().__init__()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.unet = make_unet(size)
            self.text_encoder = make_text_encoder(size, tokenizer)
            self.adapter = make_adapter(size)

    def forward(self, noisy: Tensor, times: Tensor, tokens: Tensor, shown: Tensor, weight: Tensor) -> Tensor:
        """The velocity of noisy latents; `weight` (batch, 1, 1, 1) scales what the adapter shows."""
        text = self.text_encoder(tokens).last_hidden_state
        features = [feature * weight for feature in self.adapter(shown)]
        noisy = noisy.contiguous(memory_format=torch.channels_last)
        return self.unet(noisy, times, text, down_intrablock_additional_residuals=features).sample


def noise_schedule() -> DDIMScheduler:
    """Stable Diffusion's schedule, rescaled so that its last step has no signal left."""
    return DDIMScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        prediction_type="v_prediction",
        rescale_betas_zero_snr=True,
        timestep_spacing="trailing",
        steps_offset=1,
        clip_sample=False,
    )


def make_pipeline(
    autoencoder: AutoencoderTiny,
    text_encoder: CLIPTextModel,
    tokenizer: CLIPTokenizer,
    unet: UNet2DConditionModel,
) -> StableDiffusionPipeline:
    """An ordinary Stable Diffusion pipeline that samples with DPM-Solver++ (Lu et al., 2022)."""
    return StableDiffusionPipeline(
        vae=autoencoder,  # pyright: ignore[reportArgumentType]
        text_encoder=text_encoder,
        tokenizer=tokenizer,
        unet=unet,
        scheduler=DPMSolverMultistepScheduler.from_config(noise_schedule().config),  # pyright: ignore[reportArgumentType]
        safety_checker=None,  # pyright: ignore[reportArgumentType]
        feature_extractor=None,  # pyright: ignore[reportArgumentType]
        requires_safety_checker=False,
    )
