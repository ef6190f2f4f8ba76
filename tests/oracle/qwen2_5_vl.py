"""Tiny Qwen2.5-VL: a tower whose windows do not fill, in the three layouts."""
import copy
import os

import torch
from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration

import checkpoints as c

VISION = dict(depth=3, hidden_size=24, hidden_act="silu", intermediate_size=37, num_heads=3, in_channels=3, patch_size=4,
              spatial_merge_size=2, temporal_patch_size=2, tokens_per_second=2, window_size=16, out_hidden_size=48,
              fullatt_block_indexes=[1])  # windows of 2 × 2 tokens
GRIDS = [[1, 6, 10], [1, 2, 2], [1, 8, 4], [1, 4, 6]]


def model():
    rope = {"rope_type": "default", "rope_theta": 1000000.0, "mrope_section": c.SECTION}
    config = Qwen2_5_VLConfig(text_config=dict(c.TEXT, rope_parameters=rope), vision_config=VISION,
                              image_token_id=c.IMAGE, video_token_id=c.VIDEO, vision_start_token_id=c.VISION_START,
                              vision_end_token_id=c.VISION_END, tie_word_embeddings=True)
    return c.randomise(Qwen2_5_VLForConditionalGeneration(config), 5)


def hub_config():
    """As published: text settings at the top, "mrope", "in_chans"."""
    vision = dict(VISION, in_chans=3, spatial_patch_size=VISION["patch_size"])
    del vision["in_channels"]
    return dict(c.TEXT, architectures=["Qwen2_5_VLForConditionalGeneration"], model_type="qwen2_5_vl", hidden_act="silu",
                attention_dropout=0.0, image_token_id=c.IMAGE, video_token_id=c.VIDEO, vision_token_id=261,
                vision_start_token_id=c.VISION_START, vision_end_token_id=c.VISION_END, tie_word_embeddings=True,
                rope_theta=1000000.0, rope_scaling={"type": "mrope", "mrope_section": c.SECTION}, sliding_window=32768,
                max_window_layers=80, torch_dtype="bfloat16", use_cache=True, vision_config=vision)


def nested_config():
    """As transformers 4.52 to 4.57 wrote it."""
    text = dict(c.TEXT, model_type="qwen2_5_vl_text", rope_theta=1000000.0, hidden_act="silu",
                rope_scaling={"type": "default", "rope_type": "default", "mrope_section": c.SECTION},
                layer_types=["full_attention"] * c.TEXT["num_hidden_layers"], sliding_window=None,
                tie_word_embeddings=True, torch_dtype="bfloat16")
    return {"architectures": ["Qwen2_5_VLForConditionalGeneration"], "model_type": "qwen2_5_vl",
            "image_token_id": c.IMAGE, "video_token_id": c.VIDEO, "vision_start_token_id": c.VISION_START,
            "vision_end_token_id": c.VISION_END, "text_config": text,
            "vision_config": dict(VISION, model_type="qwen2_5_vl", torch_dtype="bfloat16"), "torch_dtype": "bfloat16"}


def write(root, make):
    """`make`: the module make_tiny."""
    pictures, prompts = make.vision_prompts(GRIDS, 150)
    prompts.append(make.prompt_of([(11, 0), (3, 3), (0, 2), (9, None)], pictures, 160))
    mine = model()
    written = os.path.join(root, "qwen2_5_vl_5x")
    copy.deepcopy(mine).to(torch.bfloat16).save_pretrained(written)
    os.remove(os.path.join(written, "generation_config.json"))
    nested = os.path.join(root, "qwen2_5_vl_452")
    os.makedirs(nested, exist_ok=True)
    c.write_json(os.path.join(nested, "config.json"), nested_config())
    c.save_weights(nested, c.own_weights(mine), shards=2)
    # Of the language part alone: by their ends the names would match the tower's gate_proj, up_proj and down_proj too.
    lora = dict(rank=4, alpha=8, targets=r".*language_model\.layers\.\d+\..*_proj")
    make.write_case(root, "qwen2_5_vl_hub", mine, hub_config(), prompts, make.random_samples(40), lora,
                    make.STEPS, rename=c.hub_name, pictures=pictures)
