"""Writes trained weights as a GGUF file that llama.cpp reads."""

import argparse
import struct

import torch

from data import BYTE_OFFSET, MARKS, VOCABULARY
from model import CONTEXT, FEED_FORWARD, HEADS, HEAD_WIDTH, LAYERS, NORM_EPSILON, ROPE_BASE, WIDTH

VERSION = 3
ALIGNMENT = 32
U32, I32, F32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
TENSOR_F32, TENSOR_F16 = 0, 1
NORMAL, UNKNOWN, CONTROL, USER_DEFINED, BYTE = 1, 2, 3, 4, 6

TENSOR_NAMES = {
    "attn_norm": "an.w",
    "ffn_norm": "fn.w",
    "attn_q": "q.weight",
    "attn_k": "k.weight",
    "attn_v": "v.weight",
    "attn_output": "o.weight",
    "ffn_gate": "g.weight",
    "ffn_up": "u.weight",
    "ffn_down": "d.weight",
}


def string(text):
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def padded(data):
    return data + b"\0" * (-len(data) % ALIGNMENT)


def value(key, kind, form, content):
    return string(key) + struct.pack("<I" + form, kind, content)


def text_value(key, text):
    return string(key) + struct.pack("<I", STRING) + string(text)


def array(key, kind, items):
    return string(key) + struct.pack("<IIQ", ARRAY, kind, len(items)) + b"".join(items)


def vocabulary():
    """Each token's text and kind, in the order of their ids."""
    tokens = [("<unk>", UNKNOWN), ("<s>", CONTROL), ("</s>", CONTROL)]
    tokens += [("<0x%02X>" % byte, BYTE) for byte in range(256)]
    tokens += [(mark, USER_DEFINED if mark == "<tool>" else CONTROL) for mark in MARKS]
    # llama.cpp turns a space into this character before it looks for tokens; as a byte it would become three others.
    tokens[BYTE_OFFSET + ord(" ")] = ("\u2581", NORMAL)
    return tokens


def header_values():
    tokens = vocabulary()
    return [
        text_value("general.architecture", "llama"),
        text_value("general.name", "pebble"),
        value("general.file_type", U32, "I", 0),
        value("llama.context_length", U32, "I", CONTEXT),
        value("llama.embedding_length", U32, "I", WIDTH),
        value("llama.block_count", U32, "I", LAYERS),
        value("llama.feed_forward_length", U32, "I", FEED_FORWARD),
        value("llama.attention.head_count", U32, "I", HEADS),
        value("llama.attention.head_count_kv", U32, "I", HEADS),
        value("llama.attention.layer_norm_rms_epsilon", F32, "f", NORM_EPSILON),
        value("llama.rope.dimension_count", U32, "I", HEAD_WIDTH),
        value("llama.rope.freq_base", F32, "f", ROPE_BASE),
        value("llama.vocab_size", U32, "I", VOCABULARY),
        text_value("tokenizer.ggml.model", "llama"),
        array("tokenizer.ggml.tokens", STRING, [string(text) for text, _ in tokens]),
        array("tokenizer.ggml.scores", F32, [struct.pack("<f", 0.0)] * VOCABULARY),
        array("tokenizer.ggml.token_type", I32, [struct.pack("<i", kind) for _, kind in tokens]),
        value("tokenizer.ggml.bos_token_id", U32, "I", 1),
        value("tokenizer.ggml.eos_token_id", U32, "I", 2),
        value("tokenizer.ggml.unknown_token_id", U32, "I", 0),
        value("tokenizer.ggml.add_bos_token", BOOL, "B", 1),
        value("tokenizer.ggml.add_eos_token", BOOL, "B", 0),
        value("tokenizer.ggml.add_space_prefix", BOOL, "B", 0),
    ]


def named_tensors(weights):
    """The weights under llama.cpp's names."""
    tensors = [("token_embd.weight", weights["e.weight"]), ("output_norm.weight", weights["n.w"])]
    for i in range(LAYERS):
        tensors += [(f"blk.{i}.{name}.weight", weights[f"b.{i}.{ours}"]) for name, ours in TENSOR_NAMES.items()]
    return tensors + [("output.weight", weights["e.weight"])]


def tensor_bytes(tensor):
    """Matrices as half floats, the rest as floats."""
    exact = tensor.half() if tensor.dim() == 2 else tensor.float()
    return exact.contiguous().numpy().tobytes()


def tensor_info(name, tensor, offset):
    shape = list(reversed(tensor.shape))
    kind = TENSOR_F16 if tensor.dim() == 2 else TENSOR_F32
    return string(name) + struct.pack("<I%dQIQ" % len(shape), len(shape), *shape, kind, offset)


def gguf(weights):
    tensors = named_tensors(weights)
    values = header_values()
    infos, data = b"", b""
    for name, tensor in tensors:
        infos += tensor_info(name, tensor, len(data))
        data += padded(tensor_bytes(tensor))
    counts = b"GGUF" + struct.pack("<IQQ", VERSION, len(tensors), len(values))
    return padded(counts + b"".join(values) + infos) + data


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", default="pebble.pt", help="what train.py wrote")
    parser.add_argument("--output", default="pebble.gguf")
    arguments = parser.parse_args()
    content = gguf(torch.load(arguments.weights))
    with open(arguments.output, "wb") as file:
        file.write(content)
    print(len(content), "bytes")


if __name__ == "__main__":
    main()
