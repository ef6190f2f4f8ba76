#!/usr/bin/env python3
"""Picture processing of 100 photograph-sized JPEGs: Wordsight beside transformers' default (torchvision) processor, in turns.

    /tmp/oracle/bin/python tests/bench/pictures_beside_transformers.py BENCH_PICTURES [COUNT [THREADS]]

BENCH_PICTURES is the program of that name (built with -DWORDSIGHT_BENCH=ON). Both decode from files. The reference decodes with
Pillow, as its load_image does, and runs in the faster of two ways: torch's own threads, or as many Python threads. Processor
time stands beside wall time: on a busy machine only the former says something.
"""
import concurrent.futures
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
import torch
from PIL import Image
from transformers import AutoImageProcessor
from transformers.image_utils import load_image

CLIP = {"image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711]}
MODELS = {
    "qwen2_vl": {"image_processor_type": "Qwen2VLImageProcessor", "min_pixels": 3136, "max_pixels": 12845056,
                 "patch_size": 14, "temporal_patch_size": 2, "merge_size": 2},
    "qwen2_vl, 1 megapixel": {"image_processor_type": "Qwen2VLImageProcessor", "min_pixels": 3136,
                              "max_pixels": 1003520, "patch_size": 14, "temporal_patch_size": 2, "merge_size": 2},
    "llava_onevision": {"image_processor_type": "LlavaOnevisionImageProcessor", "size": {"height": 384, "width": 384},
                        "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]},
    "mllama": dict(CLIP, image_processor_type="MllamaImageProcessor", size={"height": 560, "width": 560},
                   max_image_tiles=4),
}


def photographs(folder, count):
    """Smooth shapes with texture and noise: about 300 KB each, as photographs have."""
    y, x = np.mgrid[0:1200, 0:1600]
    for i in range(count):
        rng = np.random.default_rng(i)
        a, b, c = rng.uniform(20, 200, 3)
        picture = np.stack([127 + 90 * np.sin(x / a + y / b), 127 + 90 * np.cos(x / c - y / a), (x + y * i) / 9 % 256], -1)
        picture += rng.normal(0, 8, picture.shape)
        Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(folder / f"{i:03d}.jpg", quality=88)


def reference(processor, files, threads, python_threads):
    torch.set_num_threads(1 if python_threads else threads)
    one = lambda file: processor(images=[load_image(str(file))], return_tensors="pt")["pixel_values"].shape
    wall, used = time.perf_counter(), time.process_time()
    if python_threads:
        with concurrent.futures.ThreadPoolExecutor(threads) as pool:
            list(pool.map(one, files))
    else:
        for file in files:
            one(file)
    return time.perf_counter() - wall, time.process_time() - used


def main():
    program = sys.argv[1]
    count, threads = (int(n) for n in (sys.argv[2:] + ["100", "2"])[:2]) if len(sys.argv) < 4 else map(int, sys.argv[2:4])
    with tempfile.TemporaryDirectory() as place:
        pictures = pathlib.Path(place, "pictures")
        pictures.mkdir()
        photographs(pictures, count)
        files = sorted(pictures.iterdir())
        for name, config in MODELS.items():
            model = pathlib.Path(place, "model")
            model.mkdir(exist_ok=True)
            (model / "preprocessor_config.json").write_text(json.dumps(config))
            (model / "processor_config.json").write_text(json.dumps({"num_image_tokens": 729}))
            processor = AutoImageProcessor.from_pretrained(model)
            reference(processor, files[:4], threads, False)
            ours, theirs = [], []
            for _ in range(2):  # in turns: a busy moment meets both
                line = subprocess.run([program, model, pictures, str(threads), "1"], check=True, capture_output=True).stdout
                ours.append(json.loads(line))
                theirs += [reference(processor, files, threads, python) for python in (False, True)]
            wall, used = min(one["wall"] for one in ours), min(one["processor"] for one in ours)
            their_wall, their_used = min(one[0] for one in theirs), min(one[1] for one in theirs)
            print(f"{name}: {count / wall:.1f} pictures/s beside {count / their_wall:.1f} ({their_wall / wall:.2f} times), "
                  f"processor time {1000 * used / count:.1f} ms a picture beside {1000 * their_used / count:.1f} "
                  f"({their_used / used:.2f} times)", flush=True)


if __name__ == "__main__":
    main()
