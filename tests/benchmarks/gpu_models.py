"""Models of real size with random weights, and the same architectures tiny: nothing is downloaded.

Text encoders are of real size but for their vocabulary, which is that of a tokenizer that spells every word.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from tests.models.tokenizers import clip_tokenizer, qwen_tokenizer

diffusers: Any = importlib.import_module("diffusers")
transformers: Any = importlib.import_module("transformers")


@dataclass(frozen=True)
class Scale:
    """How large, and where: `px` is the side of the pictures."""

    px: int
    is_real: bool
    device: str
    dtype: torch.dtype

    def of(self, real: Any, tiny: Any) -> Any:
        return real if self.is_real else tiny

    def new(self, kind: Callable[..., Any], *arguments: Any, **settings: Any) -> Any:
        """A network made where it belongs. Schedulers are not: they compute with NumPy when they are made."""
        before = torch.get_default_dtype()
        torch.set_default_dtype(self.dtype)
        try:
            with torch.device(self.device):
                return kind(*arguments, **settings)
        finally:
            torch.set_default_dtype(before)


REAL = Scale(1024, True, "cuda", torch.bfloat16)
TINY = Scale(64, False, "cpu", torch.float32)
Pipelines = dict[str, Any]
"""diffusers' pipelines by the sub-folder that they belong in."""


@dataclass(frozen=True)
class Benchmark:
    """One model: how it is built, which family of the engine draws it, and its documentation's script.

    Attributes:
        build: makes it.
        draw: its documentation's script: from its folder, and how to load and place a pipeline, to a function that
            draws so many pictures of so many pixels a side.
        steps, guidance_scale: as its documentation has them.
    """

    label: str
    family: str
    build: Callable[[Scale], Pipelines]
    draw: Callable[[Path, Any], Callable[..., Any]]
    steps: int
    guidance_scale: float


def _clip_text(scale: Scale, kind: str, width: int, layers: int, heads: int) -> Any:
    config = transformers.CLIPTextConfig(
        vocab_size=len(clip_tokenizer()),
        hidden_size=scale.of(width, 32),
        intermediate_size=scale.of(4 * width, 37),
        projection_dim=scale.of(width, 32),
        num_hidden_layers=scale.of(layers, 2),
        num_attention_heads=scale.of(heads, 4),
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=1,
    )
    return scale.new(getattr(transformers, kind), config)


def _qwen3(scale: Scale, kind: str, width: int) -> Any:
    """Qwen3 4B, which FLUX.2 Klein and Z-Image read their prompts with."""
    config = transformers.Qwen3Config(
        vocab_size=len(qwen_tokenizer()),
        hidden_size=scale.of(2560, width),
        intermediate_size=scale.of(9728, width),
        num_hidden_layers=scale.of(36, 28),  # FLUX.2 Klein reads the 27th
        num_attention_heads=scale.of(32, 2),
        num_key_value_heads=scale.of(8, 2),
        head_dim=scale.of(128, 8),
        max_position_embeddings=scale.of(40960, 512),
    )
    return scale.new(getattr(transformers, kind), config)


def _blocks(scale: Scale) -> dict[str, Any]:
    return {
        "down_block_types": ("DownEncoderBlock2D",) * 4,
        "up_block_types": ("UpDecoderBlock2D",) * 4,
        "block_out_channels": scale.of((128, 256, 512, 512), (8,) * 4),
        "layers_per_block": scale.of(2, 1),
        "norm_num_groups": scale.of(32, 4),
    }


def build_sdxl(scale: Scale) -> Pipelines:
    widths = scale.of((768, 1280), (32, 32))
    unet = scale.new(
        diffusers.UNet2DConditionModel,
        sample_size=scale.px // 8,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        block_out_channels=scale.of((320, 640, 1280), (16, 16, 24)),
        layers_per_block=scale.of(2, 1),
        norm_num_groups=scale.of(32, 8),
        transformer_layers_per_block=scale.of((1, 2, 10), 1),
        attention_head_dim=scale.of((5, 10, 20), 2),
        cross_attention_dim=sum(widths),
        use_linear_projection=True,
        addition_embed_type="text_time",
        addition_time_embed_dim=scale.of(256, 8),
        projection_class_embeddings_input_dim=6 * scale.of(256, 8) + widths[1],
    )
    vae = scale.new(
        diffusers.AutoencoderKL,
        **_blocks(scale),
        latent_channels=4,
        sample_size=scale.px,
        scaling_factor=0.13025,
        force_upcast=True,
    )
    scheduler = diffusers.EulerDiscreteScheduler(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", steps_offset=1
    )
    pipeline = diffusers.StableDiffusionXLPipeline(
        vae=vae,
        unet=unet,
        text_encoder=_clip_text(scale, "CLIPTextModel", 768, 12, 12),
        text_encoder_2=_clip_text(scale, "CLIPTextModelWithProjection", 1280, 32, 20),
        tokenizer=clip_tokenizer(),
        tokenizer_2=clip_tokenizer(),
        scheduler=scheduler,
    )
    return {"": pipeline}


def build_kandinsky(scale: Scale) -> Pipelines:
    """Its prior and its decoder are pipelines of their own, each in a sub-folder."""
    width = scale.of(1280, 32)
    vision = transformers.CLIPVisionConfig(
        image_size=scale.of(224, 64),
        patch_size=scale.of(14, 16),
        hidden_size=scale.of(1664, 32),
        intermediate_size=scale.of(8192, 37),
        projection_dim=width,
        num_hidden_layers=scale.of(48, 2),
        num_attention_heads=scale.of(16, 4),
    )
    prior = scale.new(
        diffusers.PriorTransformer,
        num_attention_heads=scale.of(32, 2),
        attention_head_dim=scale.of(64, 12),
        embedding_dim=width,
        num_layers=scale.of(20, 1),
    )
    side = scale.of(224, 64)
    pil = importlib.import_module("transformers.models.clip.image_processing_pil_clip")
    processor = pil.CLIPImageProcessorPil(
        size={"shortest_edge": side}, crop_size={"height": side, "width": side}
    )
    reading = diffusers.KandinskyV22PriorPipeline(
        prior=prior,
        image_encoder=scale.new(transformers.CLIPVisionModelWithProjection, vision),
        text_encoder=_clip_text(scale, "CLIPTextModelWithProjection", 1280, 32, 20),
        tokenizer=clip_tokenizer(),
        scheduler=diffusers.UnCLIPScheduler(
            variance_type="fixed_small_log", prediction_type="sample", clip_sample_range=10.0
        ),
        image_processor=processor,
    )
    reading.register_to_config(image_processor=("transformers", "CLIPImageProcessor"))
    return {"prior": reading, "decoder": _kandinsky_decoder(scale, width)}


def _kandinsky_decoder(scale: Scale, width: int) -> Any:
    deeper = scale.of(3, 1)
    unet = scale.new(
        diffusers.UNet2DConditionModel,
        sample_size=scale.of(64, 8),
        in_channels=4,
        out_channels=8,  # mean and variance
        addition_embed_type="image",
        down_block_types=("ResnetDownsampleBlock2D", *("SimpleCrossAttnDownBlock2D",) * deeper),
        up_block_types=(*("SimpleCrossAttnUpBlock2D",) * deeper, "ResnetUpsampleBlock2D"),
        mid_block_type="UNetMidBlock2DSimpleCrossAttn",
        block_out_channels=scale.of((384, 768, 1152, 1536), (16, 32)),
        norm_num_groups=scale.of(32, 8),
        layers_per_block=scale.of(3, 1),
        encoder_hid_dim=width,
        encoder_hid_dim_type="image_proj",
        cross_attention_dim=scale.of(768, 32),
        attention_head_dim=scale.of(64, 4),
        resnet_time_scale_shift="scale_shift",
    )
    movq = scale.new(
        diffusers.VQModel,
        block_out_channels=scale.of((128, 256, 256, 512), (32,) * 4),
        down_block_types=("DownEncoderBlock2D",) * 3 + ("AttnDownEncoderBlock2D",),
        up_block_types=("AttnUpDecoderBlock2D",) + ("UpDecoderBlock2D",) * 3,
        latent_channels=4,
        layers_per_block=scale.of(2, 1),
        norm_num_groups=scale.of(32, 8),
        norm_type="spatial",
        num_vq_embeddings=scale.of(16384, 12),
        vq_embed_dim=4,
    )
    scheduler = diffusers.DDPMScheduler(
        beta_schedule="linear",
        beta_start=0.00085,
        beta_end=0.012,
        clip_sample=False,
        variance_type="learned_range",
    )
    return diffusers.KandinskyV22Pipeline(unet=unet, scheduler=scheduler, movq=movq)


def build_flux2(scale: Scale) -> Pipelines:
    transformer = scale.new(
        diffusers.Flux2Transformer2DModel,
        patch_size=1,
        in_channels=scale.of(128, 16),
        num_layers=scale.of(5, 1),
        num_single_layers=scale.of(20, 1),
        attention_head_dim=scale.of(128, 16),
        num_attention_heads=scale.of(24, 2),
        joint_attention_dim=3 * scale.of(2560, 16),
        axes_dims_rope=scale.of((32,) * 4, (4,) * 4),
        guidance_embeds=False,
    )
    pipeline = diffusers.Flux2KleinPipeline(
        transformer=transformer,
        vae=scale.new(diffusers.AutoencoderKLFlux2, **_blocks(scale), latent_channels=scale.of(32, 4)),
        text_encoder=_qwen3(scale, "Qwen3ForCausalLM", 16),
        tokenizer=qwen_tokenizer(),
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True, shift=3.0),
        is_distilled=True,
    )
    return {"": pipeline}


def build_z_image(scale: Scale) -> Pipelines:
    transformer = scale.new(
        diffusers.ZImageTransformer2DModel,
        in_channels=16,
        dim=scale.of(3840, 32),
        n_layers=scale.of(30, 2),
        n_refiner_layers=scale.of(2, 1),
        n_heads=scale.of(30, 2),
        n_kv_heads=scale.of(30, 2),
        cap_feat_dim=scale.of(2560, 16),
        axes_dims=scale.of([32, 48, 48], [8, 4, 4]),
        axes_lens=scale.of([1024, 512, 512], [768, 64, 64]),
    )
    vae = scale.new(
        diffusers.AutoencoderKL,
        **_blocks(scale),
        latent_channels=16,
        scaling_factor=0.3611,
        shift_factor=0.1159,
        use_quant_conv=False,
        use_post_quant_conv=False,
    )
    pipeline = diffusers.ZImagePipeline(
        transformer=transformer,
        vae=vae,
        text_encoder=_qwen3(scale, "Qwen3Model", 16),
        tokenizer=qwen_tokenizer(),
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(shift=3.0),
    )
    return {"": pipeline}


def _plainly(kind: str, **options: Any) -> Callable[[Path, Any], Callable[..., Any]]:
    """As a documentation's script does it: loaded in bfloat16, moved to the device, called."""

    def load(folder: Path, placed: Any) -> Callable[..., Any]:
        pipeline = placed(getattr(diffusers, kind), folder)

        def draw(prompt: str, count: int, px: int, steps: int) -> None:
            pipeline(
                prompt=prompt,
                num_images_per_prompt=count,
                height=px,
                width=px,
                num_inference_steps=steps,
                **options,
            )

        return draw

    return load


def _plain_kandinsky(folder: Path, placed: Any) -> Callable[..., Any]:
    prior = placed(diffusers.KandinskyV22PriorPipeline, folder / "prior")
    decoder = placed(diffusers.KandinskyV22Pipeline, folder / "decoder")

    def draw(prompt: str, count: int, px: int, steps: int) -> None:
        shown, absent = prior(prompt, guidance_scale=1.0, num_images_per_prompt=count).to_tuple()
        decoder(
            image_embeds=shown,
            negative_image_embeds=absent,
            height=px,
            width=px,
            num_inference_steps=steps,
            guidance_scale=4.0,
        )

    return draw


BENCHMARKS = {
    "sdxl": Benchmark(
        "SDXL",
        "stable-diffusion-xl",
        build_sdxl,
        _plainly("StableDiffusionXLPipeline", guidance_scale=5.0),
        30,
        5.0,
    ),
    "kandinsky": Benchmark("Kandinsky 2.2", "kandinsky", build_kandinsky, _plain_kandinsky, 50, 4.0),
    "flux2": Benchmark(
        "FLUX.2 Klein 4B",
        "flux2",
        build_flux2,
        _plainly("Flux2KleinPipeline", guidance_scale=1.0),
        4,
        1.0,
    ),
    "z-image": Benchmark(
        "Z-Image-Turbo",
        "z-image",
        build_z_image,
        _plainly("ZImagePipeline", guidance_scale=0.0),
        9,
        1.0,
    ),
}
