"""A tiny Kandinsky 2.2 with random weights, saved as its three repositories on the hub are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.models.tokenizers import clip_tokenizer

WIDTH = 32


def build(folder: Path, inpaint: bool = False) -> None:
    """Write `prior/` and `decoder/` into a folder, and `inpaint/` where asked for. Draws at 64 px."""
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        _prior().save_pretrained(folder / "prior")
        _decoder(4).save_pretrained(folder / "decoder")
        if inpaint:
            _decoder(9).save_pretrained(folder / "inpaint")


def _prior() -> Any:
    import torch
    from diffusers.models.transformers.prior_transformer import PriorTransformer
    from diffusers.pipelines.kandinsky2_2.pipeline_kandinsky2_2_prior import KandinskyV22PriorPipeline
    from diffusers.schedulers.scheduling_unclip import UnCLIPScheduler
    from transformers import (
        CLIPTextConfig,
        CLIPTextModelWithProjection,
        CLIPVisionConfig,
        CLIPVisionModelWithProjection,
    )
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

    tokenizer = clip_tokenizer()
    text = CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=WIDTH,
        intermediate_size=37,
        projection_dim=WIDTH,
        num_hidden_layers=2,
        num_attention_heads=4,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=1,
    )
    vision = CLIPVisionConfig(
        image_size=64,
        patch_size=16,
        hidden_size=WIDTH,
        intermediate_size=37,
        projection_dim=WIDTH,
        num_hidden_layers=2,
        num_attention_heads=4,
    )
    prior = PriorTransformer(num_attention_heads=2, attention_head_dim=12, embedding_dim=WIDTH, num_layers=1)
    prior.clip_std = torch.nn.Parameter(torch.ones_like(prior.clip_std))  # saved models have learnt it
    parts: dict[str, Any] = {
        "prior": prior,
        "image_encoder": CLIPVisionModelWithProjection(vision),
        "text_encoder": CLIPTextModelWithProjection(text),
        "tokenizer": tokenizer,
        "scheduler": UnCLIPScheduler(
            variance_type="fixed_small_log", prediction_type="sample", clip_sample_range=10.0
        ),
        "image_processor": CLIPImageProcessorPil(
            size={"shortest_edge": 64}, crop_size={"height": 64, "width": 64}
        ),
    }
    pipeline = KandinskyV22PriorPipeline(**parts)
    pipeline.register_to_config(image_processor=("transformers", "CLIPImageProcessor"))
    return pipeline


def _decoder(channels: int) -> Any:
    from diffusers.models.autoencoders.vq_model import VQModel
    from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
    from diffusers.pipelines.kandinsky2_2.pipeline_kandinsky2_2 import KandinskyV22Pipeline
    from diffusers.pipelines.kandinsky2_2.pipeline_kandinsky2_2_inpainting import KandinskyV22InpaintPipeline
    from diffusers.schedulers.scheduling_ddpm import DDPMScheduler

    denoiser = UNet2DConditionModel(
        sample_size=8,
        in_channels=channels,
        out_channels=8,  # mean and variance
        addition_embed_type="image",
        down_block_types=("ResnetDownsampleBlock2D", "SimpleCrossAttnDownBlock2D"),
        up_block_types=("SimpleCrossAttnUpBlock2D", "ResnetUpsampleBlock2D"),
        mid_block_type="UNetMidBlock2DSimpleCrossAttn",
        block_out_channels=(16, 32),
        norm_num_groups=8,
        layers_per_block=1,
        encoder_hid_dim=WIDTH,
        encoder_hid_dim_type="image_proj",
        cross_attention_dim=WIDTH,
        attention_head_dim=4,
        resnet_time_scale_shift="scale_shift",
    )
    autoencoder = VQModel(
        block_out_channels=(32, 32, 32),  # its spatial norm asks for 32
        down_block_types=("DownEncoderBlock2D",) * 2 + ("AttnDownEncoderBlock2D",),
        up_block_types=("AttnUpDecoderBlock2D",) + ("UpDecoderBlock2D",) * 2,
        latent_channels=4,
        layers_per_block=1,
        norm_num_groups=8,
        norm_type="spatial",
        num_vq_embeddings=12,
        vq_embed_dim=4,
    )
    scheduler = DDPMScheduler(
        beta_schedule="linear",
        beta_start=0.00085,
        beta_end=0.012,
        clip_sample=False,
        prediction_type="epsilon",
        variance_type="learned_range",
    )
    kind: Any = KandinskyV22Pipeline if channels == 4 else KandinskyV22InpaintPipeline
    return kind(unet=denoiser, scheduler=scheduler, movq=autoencoder)
