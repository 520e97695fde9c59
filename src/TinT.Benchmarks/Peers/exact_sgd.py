"""Peer: one exact SGD step on a GPT-2 or OPT checkpoint and the forward pass after it, in PyTorch.

Answers each line on standard input with one line: seconds, loss before, loss after. Ends with the input; the last line
then is the peak resident memory in MiB. Only torch and the standard library are needed.

    python3 exact_sgd.py CHECKPOINT SIZES TOKENS TRAINING_TOKENS LEARNING_RATE THREADS [DEVICE] < lines

SIZES is a JSON object: architecture, hidden_size, layers, heads, vocabulary, epsilon. DEVICE is cpu, the default, or cuda: there attention is PyTorch's own kernel, products are float32 and not TF32, and the
last line is the peak of the device's memory.
"""
import json
import math
import resource
import struct
import sys
import time

import torch
import torch.nn.functional as F


def load(directory, device):
    """Tensors of model.safetensors, float32."""
    with open(f"{directory}/model.safetensors", "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        tensors[name] = torch.frombuffer(data, dtype=torch.float32, count=(end - begin) // 4, offset=begin).reshape(entry["shape"]).clone().to(device)
    return tensors


def attention(q, k, v, heads):
    """Causal attention of [T, D]."""
    count, d = q.shape
    if q.is_cuda:
        q, k, v = (x.view(1, count, heads, d // heads).transpose(1, 2) for x in (q, k, v))
        return F.scaled_dot_product_attention(q, k, v, is_causal=True)[0].transpose(0, 1).reshape(count, d)
    mask = torch.full((count, count), float("-inf")).triu(1)
    q, k, v = (x.view(count, heads, d // heads).transpose(0, 1) for x in (q, k, v))
    scores = torch.baddbmm(mask.expand(heads, -1, -1), q, k.transpose(1, 2), alpha=1 / math.sqrt(d // heads))
    return (scores.softmax(-1) @ v).transpose(0, 1).reshape(count, d)


def gpt2_logits(w, sizes, ids):
    """Logits [T, V] of GPT-2."""
    d, heads, eps = sizes["hidden_size"], sizes["heads"], sizes["epsilon"]
    h = w["transformer.wte.weight"][ids] + w["transformer.wpe.weight"][:len(ids)]
    for layer in range(sizes["layers"]):
        p = f"transformer.h.{layer}."
        a = F.layer_norm(h, (d,), w[p + "ln_1.weight"], w[p + "ln_1.bias"], eps)
        c = attention(*torch.addmm(w[p + "attn.c_attn.bias"], a, w[p + "attn.c_attn.weight"]).split(d, dim=1), heads)
        h = h + torch.addmm(w[p + "attn.c_proj.bias"], c, w[p + "attn.c_proj.weight"])
        u = F.layer_norm(h, (d,), w[p + "ln_2.weight"], w[p + "ln_2.bias"], eps)
        z = torch.addmm(w[p + "mlp.c_fc.bias"], u, w[p + "mlp.c_fc.weight"])
        h = h + torch.addmm(w[p + "mlp.c_proj.bias"], F.gelu(z, approximate="tanh"), w[p + "mlp.c_proj.weight"])
    return F.layer_norm(h, (d,), w["transformer.ln_f.weight"], w["transformer.ln_f.bias"], eps) @ w["transformer.wte.weight"].T


def opt_logits(w, sizes, ids):
    """Logits [T, V] of OPT with layer norms before each part."""
    d = sizes["hidden_size"]

    def linear(name, x):
        return F.linear(x, w[name + ".weight"], w[name + ".bias"])

    def norm(name, x):
        return F.layer_norm(x, (d,), w[name + ".weight"], w[name + ".bias"], sizes["epsilon"])

    # OPT's position table has two rows in front that no token uses.
    h = w["model.decoder.embed_tokens.weight"][ids] + w["model.decoder.embed_positions.weight"][2:2 + len(ids)]
    for layer in range(sizes["layers"]):
        p = f"model.decoder.layers.{layer}."
        a = norm(p + "self_attn_layer_norm", h)
        c = attention(*(linear(f"{p}self_attn.{part}_proj", a) for part in "qkv"), sizes["heads"])
        h = h + linear(p + "self_attn.out_proj", c)
        h = h + linear(p + "fc2", F.relu(linear(p + "fc1", norm(p + "final_layer_norm", h))))
    return norm("model.decoder.final_layer_norm", h) @ w["model.decoder.embed_tokens.weight"].T


def main():
    directory, sizes = sys.argv[1], json.loads(sys.argv[2])
    tokens, training, rate, threads = map(float, sys.argv[3:7])
    tokens, training = int(tokens), int(training)
    device = sys.argv[7] if len(sys.argv) > 7 else "cpu"
    torch.set_num_threads(int(threads))
    torch.backends.cuda.matmul.allow_tf32 = False
    logits = {"gpt2": gpt2_logits, "opt": opt_logits}[sizes["architecture"]]
    w = load(directory, device)
    # Every parameter of the blocks and of the final norm is trained; the embeddings, and with them the head, are not.
    trained = [t.requires_grad_() for name, t in w.items() if "embed" not in name and ".wte." not in name and ".wpe." not in name]
    ids = torch.tensor([(7919 * i + 13) % sizes["vocabulary"] for i in range(tokens)], device=device)

    def losses(out):
        return F.cross_entropy(out[:-1], ids[1:], reduction="none")

    def move(factor, gradients):
        with torch.no_grad():
            torch._foreach_add_(trained, gradients, alpha=factor)

    def wait():
        if device != "cpu":
            torch.cuda.synchronize()

    print("ready", flush=True)
    for _ in sys.stdin:
        wait()
        start = time.perf_counter()
        before = losses(logits(w, sizes, ids))
        gradients = torch.autograd.grad(before[: training - 1].sum(), trained)
        move(-rate, gradients)
        with torch.no_grad():
            after = losses(logits(w, sizes, ids))
        wait()
        seconds = time.perf_counter() - start
        move(rate, gradients)
        print(seconds, before[training - 1:].mean().item(), after[training - 1:].mean().item(), flush=True)
        del gradients, before, after
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 if device == "cpu" else torch.cuda.max_memory_allocated() / 2**20
    print(peak, flush=True)


if __name__ == "__main__":
    main()
