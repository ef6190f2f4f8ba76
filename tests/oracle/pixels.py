#!/usr/bin/env python3
"""Makes tests/data/pixels: small pictures of every kind that Wordsight decodes, and what transformers makes of them.

Run with a Python that has transformers 5.17, torch 2.11, torchvision and Pillow:
    python tests/oracle/pixels.py [OUT]                  writes the pictures and expected.json (about 170 KB)
    python tests/oracle/pixels.py --check MODEL PICTURE PACK.safetensors
                                                         compares `wordsight-cli inspect pixels` with the reference
Decoding is Pillow's (EXIF applied, converted to RGB, as transformers' load_image does); processing is AutoImageProcessor's
default, the torchvision backend. The expected values are kept as sums and samples: enough to notice one grey level.
"""
import io
import json
import pathlib
import sys
import tempfile
import types

import numpy as np
import torch
from PIL import Image, ImageOps
from transformers import AutoImageProcessor
from transformers.models.llava_onevision.processing_llava_onevision import LlavaOnevisionProcessor

QWEN = {"image_processor_type": "Qwen2VLImageProcessor", "patch_size": 14, "temporal_patch_size": 2, "merge_size": 2}
LLAVA = {"image_processor_type": "LlavaOnevisionImageProcessor", "image_mean": [0.5, 0.5, 0.5],
         "image_std": [0.5, 0.5, 0.5], "resample": 3}
MLLAMA = {"image_processor_type": "MllamaImageProcessor", "image_mean": [0.48145466, 0.4578275, 0.40821073],
          "image_std": [0.26862954, 0.26130258, 0.27577711], "resample": 2}
GRID = [[rows, columns] for rows in (28, 56, 84) for columns in (28, 56, 84, 112)]
# "folder": files of a model's folder; "together": pictures of the prompt; "some": of the pictures only these.
SOME = ("rgb.png", "photo.jpg", "tiny.png", "wide.png", "turned6.jpg")
CONFIGS = {
    "default": {"folder": {"preprocessor": dict(QWEN, min_pixels=3136, max_pixels=12845056)}},
    "small": {"folder": {"preprocessor": dict(QWEN, size={"shortest_edge": 12544, "longest_edge": 12544})}},
    "odd": {"folder": {"preprocessor": {
        "image_processor_type": "Qwen2VLImageProcessorFast", "min_pixels": 784, "max_pixels": 30000, "patch_size": 8,
        "temporal_patch_size": 1, "merge_size": 3, "image_mean": [0.5, 0.4, 0.3], "image_std": [0.5, 0.6, 0.7]}},
        "some": SOME},
    "llava": {"folder": {"preprocessor": dict(LLAVA, size={"height": 28, "width": 28}, image_grid_pinpoints=GRID),
                         "processor": {"num_image_tokens": 9, "vision_feature_select_strategy": "full",
                                       "vision_aspect_ratio": "anyres_max_2"}}},
    "llava_together": {"folder": {"preprocessor": dict(LLAVA, size={"shortest_edge": 28}, image_grid_pinpoints=GRID),
                                  "processor": {"num_image_tokens": 9}}, "together": 2},
    "llava_published": {"folder": {"preprocessor": dict(LLAVA, size={"height": 384, "width": 384}),
                                   "processor": {"num_image_tokens": 729}}, "some": SOME},
    "mllama": {"folder": {"preprocessor": dict(MLLAMA, size={"height": 28, "width": 28}, max_image_tiles=4)}},
    "mllama_six": {"folder": {"preprocessor": dict(MLLAMA, size={"height": 32, "width": 32}, max_image_tiles=6,
                                                   resample=3)}, "some": SOME},
    "mllama_published": {"folder": {"preprocessor": dict(MLLAMA, size={"height": 560, "width": 560}, max_image_tiles=4)},
                         "some": SOME},
}


def scene(width, height, seed):
    """Smooth areas, edges and noise: what resampling and JPEG treat differently."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    picture = np.stack([127 + 120 * np.sin(x / 7 + y / 19), 255 * ((x // 9 + y // 6) % 2), (x * 255 / width + y) % 256], -1)
    picture[height // 3: height // 2] += rng.normal(0, 60, (height // 2 - height // 3, width, 3))
    return np.clip(picture, 0, 255).astype(np.uint8)


def pictures():
    def saved(image, kind, **options):
        data = io.BytesIO()
        image.save(data, kind, **options)
        return data.getvalue()

    rgb = Image.fromarray(scene(97, 61, 1))
    out = {"rgb.png": saved(rgb, "PNG"), "photo.jpg": saved(Image.fromarray(scene(150, 110, 2)), "JPEG", quality=90),
           "sampled.jpg": saved(Image.fromarray(scene(75, 91, 3)), "JPEG", quality=70, subsampling=2),
           "progressive.jpg": saved(Image.fromarray(scene(64, 48, 4)), "JPEG", quality=80, progressive=True),
           "grey.jpg": saved(rgb.convert("L"), "JPEG", quality=85), "grey.png": saved(rgb.convert("L"), "PNG"),
           "palette.png": saved(rgb.quantize(17), "PNG"), "bits.png": saved(rgb.convert("1"), "PNG"),
           "lossless.webp": saved(rgb, "WEBP", lossless=True), "lossy.webp": saved(rgb, "WEBP", quality=80),
           "rgb.bmp": saved(rgb.crop((0, 0, 31, 17)), "BMP"), "tiny.png": saved(Image.fromarray(scene(3, 2, 5)), "PNG"),
           "wide.png": saved(Image.fromarray(scene(400, 3, 6)), "PNG"),
           "profile.png": saved(rgb, "PNG", icc_profile=b"not a profile at all", dpi=(72, 72))}
    alpha = rgb.convert("RGBA")
    alpha.putalpha(Image.fromarray((np.mgrid[0:61, 0:97][1] * 255 // 96).astype(np.uint8)))
    out["alpha.png"] = saved(alpha, "PNG")
    out["alpha.webp"] = saved(alpha, "WEBP", lossless=True, exact=True)
    out["greyalpha.png"] = saved(alpha.convert("LA"), "PNG")
    clear = rgb.quantize(17)
    out["clear.png"] = saved(clear, "PNG", transparency=3)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        small = Image.fromarray(scene(40, 24, 7))
        out[f"turned{orientation}.jpg"] = saved(small, "JPEG", quality=90, exif=exif)
    out["turned6.png"] = saved(Image.fromarray(scene(40, 24, 7)), "PNG", exif=exif_of(6))
    out["turned8.webp"] = saved(Image.fromarray(scene(40, 24, 7)), "WEBP", lossless=True, exif=exif_of(8))
    out["deep.png"] = deep_png(scene(33, 21, 8))
    return out


def exif_of(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def deep_png(rgb8):
    """Sixteen bits a channel, which Pillow reads but does not write."""
    import struct
    import zlib
    height, width, _ = rgb8.shape
    wide = rgb8.astype(">u2") * 256 + 77
    rows = b"".join(b"\0" + wide[y].tobytes() for y in range(height))
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def decode(data):
    return ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")


def processor(config):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "preprocessor_config.json").write_text(json.dumps(config["folder"]["preprocessor"]))
        return AutoImageProcessor.from_pretrained(folder)


def placeholders(reference, config, pack, together):
    """How many picture tokens the family's processor writes for one picture."""
    if "image_grid_thw" in pack:
        return int(pack["image_grid_thw"][0].prod()) // reference.merge_size ** 2
    if "aspect_ratio_ids" in pack:
        return 1
    settings = config["folder"]["processor"]
    if together > 1:
        return settings["num_image_tokens"] + 1
    writer = types.SimpleNamespace(image_processor=reference, num_image_tokens=settings["num_image_tokens"],
                                   vision_aspect_ratio=settings.get("vision_aspect_ratio", "anyres_max_9"))
    writer._get_unpadded_features = lambda *sizes: LlavaOnevisionProcessor._get_unpadded_features(writer, *sizes)
    height, width = pack["image_sizes"][0].tolist()
    return LlavaOnevisionProcessor._get_number_of_features(writer, height, width, *pack["pixel_values"].shape[-2:])


def processed(reference, rgb, together):
    """The tensors of one picture; of several, of the first alone."""
    if together == 1:
        return reference(images=[rgb], return_tensors="pt")
    pack = reference(images=[[rgb] * together], return_tensors="pt")
    return {"pixel_values": pack["pixel_values"][:1], "image_sizes": pack["image_sizes"][:1],
            "batch_num_images": torch.tensor([1])}


def samples(values, count):
    """`count` evenly spaced values and the sum of all."""
    flat = np.asarray(values).reshape(-1)
    places = np.linspace(0, flat.size - 1, min(count, flat.size)).astype(int)
    return [round(float(v), 5) for v in flat[places]]


def make(out):
    out.mkdir(parents=True, exist_ok=True)
    processors = {name: processor(config) for name, config in CONFIGS.items()}
    expected = {"configs": CONFIGS, "pictures": {}}
    for name, data in sorted(pictures().items()):
        (out / name).write_bytes(data)
        rgb = decode(data)
        array = np.asarray(rgb)
        entry = {"width": rgb.width, "height": rgb.height, "sum": int(array.sum()),
                 "decoded": [int(v) for v in samples(array, 61)], "packs": {}}
        for key, config in CONFIGS.items():
            if name not in config.get("some", [name]):
                continue
            reference, together = processors[key], config.get("together", 1)
            pack = processed(reference, rgb, together)
            values = pack["pixel_values"].double().numpy()
            numbers = {tensor: torch.as_tensor(pack[tensor]).flatten().tolist() for tensor in pack if tensor != "pixel_values"}
            entry["packs"][key] = {"shape": list(values.shape), "numbers": numbers, "mean": float(values.mean()),
                                   "square": float((values ** 2).mean()), "values": samples(values, 61),
                                   "placeholders": placeholders(reference, config, pack, together)}
        expected["pictures"][name] = entry
    (out / "expected.json").write_text(json.dumps(expected, separators=(",", ":")) + "\n")


def check(model, picture, pack):
    from safetensors.torch import load_file
    reference = AutoImageProcessor.from_pretrained(model)
    want = reference(images=[decode(pathlib.Path(picture).read_bytes())], return_tensors="pt")
    got = load_file(pack)
    for name in want:
        if name != "pixel_values":
            wanted = torch.as_tensor(want[name]).flatten().tolist()
            assert got[name].flatten().tolist() == wanted, f"{name} differs: {got[name]} is not {wanted}"
    assert got["pixel_values"].shape == want["pixel_values"].shape, "shapes differ"
    std = max(reference.image_std)
    grey = (got["pixel_values"] - want["pixel_values"]).abs() * std * 255
    print(f"{tuple(got['pixel_values'].shape)}: most {grey.max():.4f}, mean {grey.mean():.5f} grey levels")
    assert grey.max() <= 1.001 * std / min(reference.image_std) and grey.mean() <= 0.1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--check"]:
        check(*sys.argv[2:5])
    else:
        make(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else
             pathlib.Path(__file__).resolve().parents[1] / "data" / "pixels")
