"""Peer: one exact SGD step on a checkpoint of any known architecture and the forward pass after it, in PyTorch.

Answers each line on standard input with one line: seconds, loss before, loss after. Ends with the input; the last line
then is the peak resident memory in MiB. Only torch and the standard library are needed.

    python3 exact_sgd.py CHECKPOINT MODEL TOKENS TRAINING_TOKENS LEARNING_RATE THREADS [--device cuda] [--best] [--onnx FILE] < lines

MODEL is a JSON object that the benchmarks write: the model, every choice made, and the tensors of its checkpoints. The device is cpu unless another is named:
there products are float32 and not TF32, and the last line is the peak of the device's memory. As models are written usually, every row has logits in both
passes and the backward pass goes through all rows. --best leaves out what nobody asks for: rows behind the training part run without gradients on the keys and
values of those before, and only rows whose loss counts have logits. --onnx writes the forward pass with its weights, for other runtimes, and ends.
Attention is PyTorch's own kernel on other devices and with --best, where PyTorch has it.
"""
import argparse
import inspect
import json
import math
import resource
import struct
import sys
import time
import warnings

import torch
import torch.nn.functional as F

ACTIVATIONS = {
    "gelu_new": lambda z: F.gelu(z, approximate="tanh"),
    "gelu": F.gelu,
    "relu": F.relu,
    "silu": F.silu,
    "quick_gelu": lambda z: z * torch.sigmoid(1.702 * z),
}


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


class Model:
    """The forward pass, over the tensors as the checkpoint has them: what lies in one tensor is one product."""

    def __init__(self, described, weights, tokens, device, fused):
        self.m = described["model"]
        self.weights = weights
        self.tensors = described["tensors"]
        # Which tensor holds a part, such as attention.query.weight.
        self.holder = {part: tensor for tensor in self.tensors for part in tensor["parts"]}
        self.windows = described["windows"]
        self.slopes = torch.tensor(described["slopes"], dtype=torch.float32, device=device)
        self.activation = ACTIVATIONS[self.m["activation"]]
        position = torch.arange(tokens, device=device)
        self.distance = (position[None, :] - position[:, None]).float()
        if described["frequencies"] is not None:
            angles = position.double()[:, None] * torch.tensor(described["frequencies"], dtype=torch.float64, device=device)[None, :]
            self.cos, self.sin = angles.cos().float(), angles.sin().float()
        self.masks = {}
        for window in set(self.windows):
            forbidden = torch.full((tokens, tokens), float("-inf"), device=device).triu(1)
            if window > 0:
                forbidden = forbidden.masked_fill(self.distance <= -window, float("-inf"))
            heads = self.m["head_count"] if len(self.slopes) else 1
            bias = self.slopes[:, None, None] * self.distance if len(self.slopes) else 0
            self.masks[window] = (forbidden + bias).expand(heads, tokens, tokens)
        self.fused = fused and hasattr(F, "scaled_dot_product_attention")
        # Where the rows of a pass begin, and keys and values of the rows before them by layer, if they are kept.
        self.start, self.kept = 0, None

    def tensor(self, part, layer):
        return self.weights[self.holder[part]["name"].replace("{0}", str(layer))] if part in self.holder else None

    def linear(self, module, x, layer):
        """The product with the tensor in which a module lies, whatever else lies there."""
        weight, bias = self.tensor(module + ".weight", layer), self.tensor(module + ".bias", layer)
        if self.holder[module + ".weight"]["transposed"]:
            return x @ weight if bias is None else torch.addmm(bias, x, weight)
        return F.linear(x, weight, bias)

    def norm(self, module, x, layer):
        gain, bias = self.tensor(module + ".gain", layer), self.tensor(module + ".bias", layer)
        offset = self.holder[module + ".gain"]["offset"]
        if offset:
            gain = gain + offset
        if self.m["norm"] == "rms_norm":
            return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.m["norm_epsilon"]) * gain
        return F.layer_norm(x, (x.shape[-1],), gain, bias, self.m["norm_epsilon"])

    def rotate(self, x):
        """x is [heads, T, d]."""
        rotary = self.m["rotary"]
        n = rotary["size"]
        rows = slice(self.start, self.start + x.shape[1])
        cos, sin = self.cos[rows], self.sin[rows]
        turned, rest = x[..., :n], x[..., n:]
        if rotary["interleaved"]:
            a, b = turned[..., 0::2], turned[..., 1::2]
            result = torch.stack((a * cos - b * sin, b * cos + a * sin), -1).flatten(-2)
        else:
            a, b = turned[..., : n // 2], turned[..., n // 2:]
            result = torch.cat((a * cos - b * sin, b * cos + a * sin), -1)
        return result if n == x.shape[-1] else torch.cat((result, rest), -1)

    def projections(self, a, layer):
        """q, k and v, [heads, T, d]."""
        count = a.shape[0]
        heads, groups, d = self.m["head_count"], self.m["key_value_head_count"], self.m["head_size"]
        holder = self.holder["attention.query.weight"]
        if len(holder["parts"]) == 1:
            q, k, v = (self.linear("attention." + name, a, layer) for name in ("query", "key", "value"))
        elif holder["interleaves_groups"]:
            fused = self.linear("attention.query", a, layer).view(count, groups, heads // groups + 2, d)
            q, k, v = fused[:, :, :-2].reshape(count, heads * d), fused[:, :, -2].reshape(count, groups * d), fused[:, :, -1].reshape(count, groups * d)
        else:
            q, k, v = self.linear("attention.query", a, layer).split((heads * d, groups * d, groups * d), dim=1)
        return q.view(count, heads, d).transpose(0, 1), k.view(count, groups, d).transpose(0, 1), v.view(count, groups, d).transpose(0, 1)

    def attention(self, a, layer):
        q, k, v = self.projections(a, layer)
        if self.m["has_query_key_norm"]:
            q, k = self.norm("attention.query_norm", q, layer), self.norm("attention.key_norm", k, layer)
        if self.m["positions"] == "Rotary":
            q, k = self.rotate(q), self.rotate(k)
        if self.kept is not None:
            if layer in self.kept:
                k, v = (torch.cat(pair, 1) for pair in zip(self.kept[layer], (k, v)))
            self.kept[layer] = (k.detach(), v.detach())
        heads, count, d = q.shape
        if k.shape[0] < heads:
            k, v = (x.repeat_interleave(heads // x.shape[0], 0) for x in (k, v))
        scale = 1 / math.sqrt(d) if self.m["scales_scores"] else 1.0
        mask = self.masks[self.windows[layer]][:, self.start:self.start + count, :k.shape[1]]
        if self.fused and self.windows[layer] == 0 and not len(self.slopes):
            causal = self.start == 0
            c = F.scaled_dot_product_attention(q[None], k[None], v[None], attn_mask=None if causal else mask[None], is_causal=causal, scale=scale)[0]
        else:
            scores = torch.baddbmm(mask.expand(heads, count, k.shape[1]), q, k.transpose(1, 2), alpha=scale)
            c = scores.softmax(-1) @ v
        return self.linear("attention.output", c.transpose(0, 1).reshape(count, heads * d), layer)

    def feed_forward(self, u, layer):
        if self.m["is_gated"]:
            s = self.activation(self.linear("feed_forward.gate", u, layer)) * self.linear("feed_forward.up", u, layer)
        else:
            s = self.activation(self.linear("feed_forward.up", u, layer))
        return self.linear("feed_forward.down", s, layer)

    def block(self, h, layer):
        if self.m["norm_placement"] == "Post":
            h = self.norm("norm1", h + self.attention(h, layer), layer)
            return self.norm("norm2", h + self.feed_forward(h, layer), layer)
        a = self.norm("norm1", h, layer)
        if self.m["block"] == "Sequential":
            h = h + self.attention(a, layer)
            return h + self.feed_forward(self.norm("norm2", h, layer), layer)
        u = a if self.m["block"] == "Parallel" else self.norm("norm2", h, layer)
        return h + self.attention(a, layer) + self.feed_forward(u, layer)

    def hidden(self, ids):
        """Hidden states [T, D] behind the blocks."""
        m = self.m
        h = self.tensor("embedding.token.weight", -1)[ids]
        if m["scales_embeddings"]:
            h = h * math.sqrt(m["hidden_size"])
        if m["embedding_size"] != m["hidden_size"]:
            h = self.linear("embedding.project_in", h, -1)
        if m["positions"] == "Learned":
            h = h + self.tensor("embedding.position.weight", -1)[m["unused_positions"] + self.start: m["unused_positions"] + self.start + len(ids)]
        if m["has_embedding_norm"]:
            h = self.norm("embedding.norm", h, -1)
        for layer in range(m["layer_count"]):
            h = self.block(h, layer)
        return h

    def head(self, h):
        """Logits [T, V] of hidden states."""
        m = self.m
        if m["norm_placement"] == "Pre":
            h = self.norm("final_norm", h, -1)
        if m["embedding_size"] != m["hidden_size"]:
            h = self.linear("head.project_out", h, -1)
        head = self.tensor("embedding.token.weight" if m["ties_embeddings"] else "head.weight", -1)
        return F.linear(h, head, self.tensor("head.bias", -1))


class Forward(torch.nn.Module):
    """The forward pass as a module that knows its weights."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        for name, tensor in model.weights.items():
            self.register_buffer(name.replace(".", "_"), tensor)

    def forward(self, ids):
        return self.model.head(self.model.hidden(ids))


def main():
    parser = argparse.ArgumentParser(description="One exact SGD step and the forward pass after it.")
    for name, kind in (("checkpoint", str), ("model", json.loads), ("tokens", int), ("training", int), ("rate", float), ("threads", int)):
        parser.add_argument(name, type=kind)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--best", action="store_true")
    parser.add_argument("--onnx")
    options = parser.parse_args()
    device, training, described = options.device, options.training, options.model
    torch.set_num_threads(options.threads)
    torch.backends.cuda.matmul.allow_tf32 = False
    weights = load(options.checkpoint, device)
    model = Model(described, weights, options.tokens, device, fused=options.best or device != "cpu")
    ids = torch.tensor([(7919 * i + 13) % described["model"]["vocabulary_size"] for i in range(options.tokens)], device=device)
    if options.onnx:
        # The file is for this number of tokens, so that sizes may be constants in it.
        warnings.filterwarnings("ignore", category=torch.jit.TracerWarning)
        # Later versions have another exporter, which needs more than torch.
        older = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
        torch.onnx.export(
            Forward(model), (ids,), options.onnx, input_names=["ids"], output_names=["logits"], opset_version=16, do_constant_folding=False, **older)
        return

    # Every parameter of the blocks and of the final norm is trained; what is below and above them is not.
    names = [tensor["name"].replace("{0}", str(layer)) for tensor in model.tensors if tensor["is_trained"] for layer in range(described["model"]["layer_count"])]
    trained = [weights[name].requires_grad_() for name in dict.fromkeys(names)]

    def losses(out, first):
        """Losses of rows of logits, of which the first row is that of a token."""
        return F.cross_entropy(out, ids[first + 1:first + 1 + len(out)], reduction="none")

    def move(factor, gradients):
        with torch.no_grad():
            torch._foreach_add_(trained, gradients, alpha=factor)

    def wait():
        if device != "cpu":
            torch.cuda.synchronize()

    def usual():
        """A step and the pass after it; the gradients, and the losses behind the training part before and after."""
        before = losses(model.head(model.hidden(ids))[:-1], 0)
        gradients = torch.autograd.grad(before[: training - 1].sum(), trained)
        move(-options.rate, gradients)
        with torch.no_grad():
            after = losses(model.head(model.hidden(ids))[:-1], 0)
        return gradients, before[training - 1:], after[training - 1:]

    def best():
        """The same without what nobody asks for."""
        model.start, model.kept = 0, {}
        h = model.hidden(ids[:training])
        gradients = torch.autograd.grad(losses(model.head(h[:-1]), 0).sum(), trained)
        with torch.no_grad():
            model.start = training
            before = losses(model.head(torch.cat((h[-1:], model.hidden(ids[training:])[:-1]))), training - 1)
            del h
            model.start, model.kept = 0, None
            move(-options.rate, gradients)
            after = losses(model.head(model.hidden(ids)[training - 1:-1]), training - 1)
        return gradients, before, after

    step = best if options.best else usual
    print("ready", flush=True)
    for _ in sys.stdin:
        wait()
        start = time.perf_counter()
        gradients, before, after = step()
        wait()
        seconds = time.perf_counter() - start
        move(options.rate, gradients)
        print(seconds, before.mean().item(), after.mean().item(), flush=True)
        del gradients, before, after
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 if device == "cpu" else torch.cuda.max_memory_allocated() / 2**20
    print(peak, flush=True)


if __name__ == "__main__":
    main()
