"""Tiny Mllama: pictures of one, two and four tiles beside the text, in the three layouts."""
import torch
from transformers import MllamaConfig, MllamaForConditionalGeneration
from transformers.models.mllama.image_processing_mllama import build_aspect_ratio_mask, get_all_supported_aspect_ratios
from transformers.models.mllama.processing_mllama import (convert_sparse_cross_attention_mask_to_dense,
                                                          get_cross_attention_token_mask)

import checkpoints as c
import pictured

IMAGE = c.VOCABULARY  # the first row that the embedding has and the head has not, as published
SIDE, TILES = 13, 4
VISION = dict(model_type="mllama_vision_model", hidden_size=24, intermediate_size=40, num_hidden_layers=4,
              num_global_layers=2, attention_heads=3, image_size=SIDE, patch_size=3, max_num_tiles=TILES,
              vision_output_dim=96, intermediate_layers_indices=[0, 3, 2], norm_eps=1e-5, hidden_act="gelu",
              num_channels=3, supported_aspect_ratios=[list(pair) for pair in get_all_supported_aspect_ratios(TILES)])
TEXT = dict(model_type="mllama_text_model", vocab_size=c.VOCABULARY, hidden_size=36, intermediate_size=44,
            num_hidden_layers=5, num_attention_heads=3, num_key_value_heads=1, max_position_embeddings=512,
            rms_norm_eps=1e-5, bos_token_id=257, eos_token_id=258, pad_token_id=0, tie_word_embeddings=False)
ROPE = {"rope_type": "llama3", "rope_theta": 500000.0, "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
        "original_max_position_embeddings": 32}
ARRANGEMENTS = [(1, 1), (1, 2), (3, 1), (2, 2)]  # rows and columns of tiles


def model(seed, layers=(1, 3)):
    text = dict(TEXT, rope_parameters=ROPE, cross_attention_layers=list(layers))
    config = MllamaConfig(text_config=text, vision_config=dict(VISION), image_token_index=IMAGE)
    return c.randomise(MllamaForConditionalGeneration(config), seed)


def picture(i):
    rows, columns = ARRANGEMENTS[i]
    generator = torch.Generator().manual_seed(90 + i)
    pixels = torch.zeros(1, 1, TILES, 3, SIDE, SIDE)  # tiles that are not used are zero
    pixels[:, :, :rows * columns] = torch.randn(1, 1, rows * columns, 3, SIDE, SIDE, generator=generator)
    number = VISION["supported_aspect_ratios"].index([rows, columns]) + 1
    return {"pixels": pictured.small(pixels),
            "facts": {"tiles": rows * columns, "arrangement": number, "placeholders": 1}}


def vision_inputs(chosen):
    pairs = [tuple(VISION["supported_aspect_ratios"][one["facts"]["arrangement"] - 1]) for one in chosen]
    return {"pixel_values": torch.cat([one["pixels"] for one in chosen], 1),
            "aspect_ratio_ids": torch.tensor([[one["facts"]["arrangement"] for one in chosen]]),
            "aspect_ratio_mask": build_aspect_ratio_mask([pairs], TILES)}


def inputs_of(prompt, pictures):
    inputs = {"input_ids": torch.tensor([prompt["ids"]])}
    chosen = [pictures[i] for i in prompt.get("pictures", [])]
    if chosen:
        inputs.update(vision_inputs(chosen))
        mask = convert_sparse_cross_attention_mask_to_dense(
            [get_cross_attention_token_mask(prompt["ids"], IMAGE)], [[one["facts"]["tiles"] for one in chosen]], TILES,
            len(prompt["ids"]))
        inputs["cross_attention_mask"] = torch.tensor(mask)
    return inputs


def features(mine, one):
    tower = mine.model.vision_model(**vision_inputs([one])).last_hidden_state
    seen = mine.model.multi_modal_projector(tower)
    return {"features": seen.reshape(-1, seen.shape[-1])}


def hub_name(name):
    return (name.replace("model.language_model.", "language_model.model.").replace("lm_head.", "language_model.lm_head.")
            .replace("model.vision_model.", "vision_model.")
            .replace("model.multi_modal_projector.", "multi_modal_projector."))


def hub_config():
    """As published: rope_scaling beside rope_theta."""
    rope = {key: value for key, value in ROPE.items() if key != "rope_theta"}
    text = dict(TEXT, rope_theta=ROPE["rope_theta"], rope_scaling=rope, cross_attention_layers=[1, 3], hidden_act="silu",
                dropout=0, torch_dtype="bfloat16", use_cache=True)
    return {"architectures": ["MllamaForConditionalGeneration"], "model_type": "mllama", "image_token_index": IMAGE,
            "text_config": text, "vision_config": VISION, "torch_dtype": "bfloat16"}


def prompts_of(make):
    text = make.random_ids(230, 120)
    return [{"ids": text[:23]},
            {"ids": [257] + text[:4] + [IMAGE] + text[4:20], "pictures": [1]},
            {"ids": [IMAGE, 257] + text[20:29], "pictures": [0]},
            {"ids": [257, IMAGE] + text[30:36] + [IMAGE] + text[36:50], "pictures": [3, 2]},
            {"ids": [257] + text[50:53] + [IMAGE, IMAGE] + text[53:60] + [IMAGE] + text[60:64], "pictures": [0, 1, 3]},
            {"ids": [257] + text[64:110] + [IMAGE] + text[110:112], "pictures": [2]}]


def write(root, make):
    mine = model(9)
    pictures = [picture(i) for i in range(len(ARRANGEMENTS))]
    prompts = prompts_of(make)
    # Cross-attention layers too, as PEFT's "all linear layers of the language part" has them.
    lora = dict(rank=4, alpha=8, targets=r".*language_model\.layers\.\d+\..*_proj")
    pictured.write_as_saved(root, "mllama_5x", mine)
    pictured.write_layout(root, "mllama_452", mine, hub_config(), shards=2)
    folder = pictured.write_layout(root, "mllama_hub", mine, hub_config(), hub_name)
    pictured.write_case(folder, mine, prompts, pictures, lambda prompt: inputs_of(prompt, pictures),
                        lambda one: features(mine, one), make.random_samples(60), lora, make)
    # The last layer looks at pictures.
    other = model(10, [0, 4])
    chosen, shown = [pictures[1]], [prompts[0], dict(prompts[1], pictures=[0])]
    folder = pictured.write_layout(root, "mllama_last", other, c.config_of(other), hub_name)
    pictured.write_case(folder, other, shown, chosen, lambda prompt: inputs_of(prompt, chosen),
                        lambda one: features(other, one), [], {}, make, training=False)
