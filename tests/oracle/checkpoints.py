"""Tiny random checkpoints in every layout that is in use, with odd sizes so that a swapped dimension shows."""
import json
import os

import torch
from safetensors.torch import save_file
from transformers import (LlamaConfig, LlamaForCausalLM, Qwen2Config, Qwen2ForCausalLM, Qwen2VLConfig,
                          Qwen2VLForConditionalGeneration)

VOCABULARY = 272  # 256 bytes and the special tokens of tokenizer.py, and a few rows that no token uses
IMAGE, VISION_START, VISION_END, VIDEO = 262, 259, 260, 263


def randomise(model, seed):
    """Weights large enough that every part matters, rounded to bfloat16 so that files stay small and exact."""
    generator = torch.Generator().manual_seed(seed)
    for name, parameter in model.named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        if "norm" in name or "ln_q" in name:
            value = 1 + 0.2 * noise if name.endswith("weight") else 0.1 * noise
        elif name.endswith("bias"):
            value = 0.3 * noise
        elif "embed_tokens" in name:
            value = 0.4 * noise
        else:
            value = noise * 1.2 / parameter[0].numel() ** 0.5
        parameter.data = value.bfloat16().float()
    return model.eval()


def llama_tied():
    config = LlamaConfig(vocab_size=VOCABULARY, hidden_size=36, intermediate_size=60, num_hidden_layers=3,
                         num_attention_heads=3, num_key_value_heads=1, max_position_embeddings=256,
                         rms_norm_eps=1e-5, tie_word_embeddings=True, bos_token_id=257, eos_token_id=258)
    config.rope_parameters = {"rope_type": "default", "rope_theta": 10000.0}
    return randomise(LlamaForCausalLM(config), 1)


def llama3_rope():
    config = LlamaConfig(vocab_size=VOCABULARY, hidden_size=45, intermediate_size=56, num_hidden_layers=2,
                         num_attention_heads=9, num_key_value_heads=3, head_dim=8, max_position_embeddings=512,
                         rms_norm_eps=1e-5, tie_word_embeddings=False, bos_token_id=257, eos_token_id=258,
                         rope_parameters={"rope_type": "llama3", "rope_theta": 500000.0, "factor": 8.0,
                                          "low_freq_factor": 1.0, "high_freq_factor": 4.0,
                                          "original_max_position_embeddings": 32})
    return randomise(LlamaForCausalLM(config), 2)


def qwen2():
    config = Qwen2Config(vocab_size=VOCABULARY, hidden_size=56, intermediate_size=72, num_hidden_layers=4,
                         num_attention_heads=7, num_key_value_heads=1, max_position_embeddings=1024,
                         rms_norm_eps=1e-6, tie_word_embeddings=False, bos_token_id=256, eos_token_id=258,
                         rope_parameters={"rope_type": "default", "rope_theta": 1000000.0})
    return randomise(Qwen2ForCausalLM(config), 3)


VISION = dict(depth=2, embed_dim=24, hidden_size=48, hidden_act="quick_gelu", mlp_ratio=2, num_heads=3, in_channels=3,
              patch_size=4, spatial_merge_size=2, temporal_patch_size=2)
TEXT = dict(vocab_size=VOCABULARY, hidden_size=48, intermediate_size=64, num_hidden_layers=3, num_attention_heads=3,
            num_key_value_heads=1, max_position_embeddings=1024, rms_norm_eps=1e-6, bos_token_id=256,
            eos_token_id=258, use_sliding_window=False)
SECTION = [2, 3, 3]


def qwen2_vl():
    rope = {"rope_type": "default", "rope_theta": 10000.0, "mrope_section": SECTION}
    config = Qwen2VLConfig(text_config=dict(TEXT, rope_parameters=rope), vision_config=VISION, image_token_id=IMAGE,
                           video_token_id=VIDEO, vision_start_token_id=VISION_START, vision_end_token_id=VISION_END,
                           tie_word_embeddings=False)
    return randomise(Qwen2VLForConditionalGeneration(config), 4)


# ---- Writing them down ----

def write_json(path, value):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file, indent=1, ensure_ascii=False)
        file.write("\n")


def save_weights(folder, tensors, shards=1):
    tensors = {name: tensor.detach().bfloat16().contiguous() for name, tensor in tensors.items()}
    if shards == 1:
        save_file(tensors, os.path.join(folder, "model.safetensors"), metadata={"format": "pt"})
        return
    names = sorted(tensors)
    where = {}
    for shard in range(shards):
        file = f"model-{shard + 1:05d}-of-{shards:05d}.safetensors"
        mine = names[shard::shards]  # interleaved: neighbours lie in different files
        save_file({name: tensors[name] for name in mine}, os.path.join(folder, file), metadata={"format": "pt"})
        where.update({name: file for name in mine})
    total = sum(tensor.numel() * tensor.element_size() for tensor in tensors.values())
    write_json(os.path.join(folder, "model.safetensors.index.json"),
               {"metadata": {"total_size": total}, "weight_map": dict(sorted(where.items()))})


def own_weights(model):
    """state_dict without what tying makes twice."""
    tensors = dict(model.state_dict())
    if getattr(model.config, "tie_word_embeddings", False):
        tensors.pop("lm_head.weight", None)
    return tensors


def config_of(model):
    """config.json as today's transformers writes it, without its version and the default noise."""
    config = model.config.to_diff_dict()
    for key in ("_name_or_path", "transformers_version"):
        config.pop(key, None)
    config.update(architectures=[type(model).__name__], model_type=model.config.model_type, dtype="bfloat16")
    return config


def old_rope(config):
    """The keys of before transformers 5: rope_theta and rope_scaling instead of rope_parameters."""
    rope = dict(config.pop("rope_parameters"))
    config["rope_theta"] = rope.pop("rope_theta")
    config["rope_scaling"] = None if rope == {"rope_type": "default"} else rope
    config["torch_dtype"] = config.pop("dtype", "bfloat16")
    return config


def hub_name(name):
    """Qwen2-VL as published: model.layers.*, visual.*."""
    return name.replace("model.language_model.", "model.").replace("model.visual.", "visual.")


def hub_config():
    """Qwen2-VL's config.json as published: text settings at the top, "mrope", "in_chans"."""
    vision = dict(VISION, in_chans=3, spatial_patch_size=VISION["patch_size"])
    return dict(TEXT, architectures=["Qwen2VLForConditionalGeneration"], model_type="qwen2_vl", hidden_act="silu",
                attention_dropout=0.0, image_token_id=IMAGE, video_token_id=VIDEO, vision_token_id=261,
                vision_start_token_id=VISION_START, vision_end_token_id=VISION_END, tie_word_embeddings=False,
                rope_theta=10000.0, rope_scaling={"type": "mrope", "mrope_section": SECTION}, sliding_window=32768,
                max_window_layers=80, torch_dtype="bfloat16", use_cache=True, vision_config=vision)


def nested_config():
    """Qwen2-VL's config.json as transformers 4.52 to 4.57 wrote it: text_config inside, rope_scaling with rope_type."""
    text = dict(TEXT, model_type="qwen2_vl_text", rope_theta=10000.0, hidden_act="silu",
                rope_scaling={"type": "default", "rope_type": "default", "mrope_section": SECTION},
                layer_types=["full_attention"] * TEXT["num_hidden_layers"], sliding_window=None, torch_dtype="bfloat16")
    return {"architectures": ["Qwen2VLForConditionalGeneration"], "model_type": "qwen2_vl", "image_token_id": IMAGE,
            "video_token_id": VIDEO, "vision_start_token_id": VISION_START, "vision_end_token_id": VISION_END,
            "tie_word_embeddings": False, "text_config": text,
            "vision_config": dict(VISION, model_type="qwen2_vl", torch_dtype="bfloat16"), "torch_dtype": "bfloat16"}
