"""Tiny LLaVA-OneVision: tiles of pictures wide, tall, tiny and large enough to be shrunk, in the three layouts."""
import torch
from transformers import LlavaOnevisionConfig, LlavaOnevisionForConditionalGeneration
from transformers.models.llava_onevision.modeling_llava_onevision import image_size_to_num_patches

import checkpoints as c
import pictured

IMAGE = 262
SIDE = 14  # pixels; patches of 4 leave two over, as 384 is no multiple of 14
PINPOINTS = [[SIDE * rows, SIDE * columns] for rows, columns in [(1, 1), (1, 2), (2, 1), (2, 2), (1, 4), (3, 1), (3, 3)]]
VISION = dict(model_type="siglip_vision_model", hidden_size=24, intermediate_size=40, num_hidden_layers=3,
              num_attention_heads=3, image_size=SIDE, patch_size=4, vision_use_head=False)
TEXT = dict(model_type="qwen2", vocab_size=c.VOCABULARY, hidden_size=42, intermediate_size=56, num_hidden_layers=3,
            num_attention_heads=3, num_key_value_heads=1, max_position_embeddings=1024, rms_norm_eps=1e-6,
            bos_token_id=256, eos_token_id=258)
SIZES = [(31, 90), (70, 25), (5, 3), (200, 190), (47, 47)]  # height, width


def model(seed, layer=-1, tied=False):
    text = dict(TEXT, rope_parameters={"rope_type": "default", "rope_theta": 1000000.0}, tie_word_embeddings=tied)
    config = LlavaOnevisionConfig(text_config=text, vision_config=dict(VISION), image_token_index=IMAGE,
                                  video_token_index=263, image_grid_pinpoints=PINPOINTS, vision_feature_layer=layer,
                                  vision_aspect_ratio="anyres_max_3", tie_word_embeddings=tied)
    return c.randomise(LlavaOnevisionForConditionalGeneration(config), seed)


def picture(i, together=False):
    """Pixels at random: what they show is the processor's matter, which pixels.py covers."""
    height, width = SIZES[i]
    tiles = 1 if together else image_size_to_num_patches([height, width], PINPOINTS, SIDE)
    generator = torch.Generator().manual_seed(70 + i)
    pixels = pictured.small(torch.randn(1, tiles, 3, SIDE, SIDE, generator=generator))
    return {"pixels": pixels, "facts": {"height": height, "width": width}}


def features(mine, one):
    sizes = torch.tensor([[one["facts"]["height"], one["facts"]["width"]]])
    several = torch.tensor([2 if one["pixels"].shape[1] == 1 else 1])
    seen = mine.model.get_image_features(one["pixels"], sizes, batch_num_images=several[:1])
    return {"features": seen.pooler_output[0], "tower": seen.hidden_states[-1]}


def hub_name(name):
    return (name.replace("model.language_model.", "language_model.model.").replace("lm_head.", "language_model.lm_head.")
            .replace("model.vision_tower.", "vision_tower.vision_model.")
            .replace("model.multi_modal_projector.", "multi_modal_projector.").replace("model.image_newline", "image_newline"))


def hub_config():
    """As published: text_config with rope_theta, no video keys of later releases."""
    text = dict(TEXT, rope_theta=1000000.0, rope_scaling=None, use_sliding_window=False, max_window_layers=28,
                sliding_window=131072, hidden_act="silu", torch_dtype="bfloat16")
    return {"architectures": ["LlavaOnevisionForConditionalGeneration"], "model_type": "llava_onevision",
            "image_grid_pinpoints": PINPOINTS, "image_token_index": IMAGE, "video_token_index": 263,
            "projector_hidden_act": "gelu", "vision_aspect_ratio": "anyres_max_3", "vision_feature_layer": -1,
            "vision_feature_select_strategy": "full", "tie_word_embeddings": False, "text_config": text,
            "vision_config": VISION, "torch_dtype": "bfloat16", "use_image_newline_parameter": True}


def nested_config():
    """As transformers 4.52 to 4.57 wrote it."""
    config = hub_config()
    config["text_config"].update(layer_types=["full_attention"] * 3, sliding_window=None)
    config["multimodal_projector_bias"] = True
    return config


def nested_name(name):
    return name.replace("model.vision_tower.", "model.vision_tower.vision_model.")


def prompt_of(make, parts, pictures, seed):
    ids, shown = [], []
    for i, (count, which) in enumerate(parts):
        ids += make.random_ids(seed + i, count)
        if which is not None:
            ids += [IMAGE] * pictures[which]["facts"]["placeholders"]
            shown.append(which)
    return {"ids": ids, "pictures": shown} if shown else {"ids": ids}


def inputs_of(prompt, pictures):
    inputs = {"input_ids": torch.tensor([prompt["ids"]])}
    chosen = [pictures[i] for i in prompt.get("pictures", [])]
    if chosen:
        most = max(one["pixels"].shape[1] for one in chosen)
        pad = [torch.nn.functional.pad(one["pixels"], [0] * 7 + [most - one["pixels"].shape[1]]) for one in chosen]
        inputs["pixel_values"] = torch.cat(pad)
        inputs["image_sizes"] = torch.tensor([[one["facts"]["height"], one["facts"]["width"]] for one in chosen])
        tiled = chosen[0]["pixels"].shape[1] > 1
        inputs["batch_num_images"] = torch.tensor([1] * len(chosen) if tiled else [len(chosen)])
    return inputs


def write(root, make):
    mine = model(6)
    pictures = [picture(i) for i in range(len(SIZES))] + [picture(0, True), picture(2, True)]
    with torch.no_grad():
        for one in pictures:
            one["facts"]["placeholders"] = features(mine, one)["features"].shape[0]
    prompts = [prompt_of(make, parts, pictures, 170 + 10 * i) for i, parts in enumerate(
        [[(21, None)], [(7, 0), (13, None)], [(4, 1), (9, None)], [(0, 2), (5, None)], [(3, 3), (17, None)],
         [(6, 5), (5, 6), (8, None)], [(2, 4), (3, 0), (6, None)]])]  # the last: several, each tiled
    lora = dict(rank=4, alpha=8, targets=r".*language_model\.layers\.\d+\..*_proj")
    pictured.write_as_saved(root, "llava_onevision_5x", mine)
    pictured.write_layout(root, "llava_onevision_452", mine, nested_config(), nested_name, shards=2)
    folder = pictured.write_layout(root, "llava_onevision_hub", mine, hub_config(), hub_name)
    pictured.write_case(folder, mine, prompts, pictures, lambda prompt: inputs_of(prompt, pictures),
                        lambda one: features(mine, one), make.random_samples(50), lora, make)
    # Features of several layers, one of them the embedding; a tied head.
    other = model(8, [-2, 0], True)
    chosen, shown = [pictures[1]], [dict(prompts[2], pictures=[0])]
    config = c.config_of(other)
    folder = pictured.write_layout(root, "llava_onevision_layers", other, config, hub_name)
    pictured.write_case(folder, other, shown, chosen, lambda prompt: inputs_of(prompt, chosen),
                        lambda one: {"features": features(other, one)["features"]}, [], {}, make, training=False)
