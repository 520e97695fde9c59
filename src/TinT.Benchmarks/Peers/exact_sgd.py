"""Peer: one exact SGD step on a checkpoint of any known architecture and the forward pass after it, in PyTorch.

Answers each line on standard input with one line: seconds, loss before, loss after. Ends with the input; the last line
then is the peak resident memory in MiB. Only torch and the standard library are needed.

    python3 exact_sgd.py CHECKPOINT MODEL TOKENS TRAINING_TOKENS LEARNING_RATE THREADS [DEVICE] < lines

MODEL is a JSON object that the benchmarks write: the model, every choice made, and the tensors of its checkpoints. DEVICE is cpu, the default, or cuda: there
attention is PyTorch's own kernel where it has neither slopes nor a window, products are float32 and not TF32, and the last line is the peak of the device's memory.
"""
import json
import math
import resource
import struct
import sys
import time

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

    def __init__(self, described, weights, tokens, device):
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
        turned, rest = x[..., :n], x[..., n:]
        if rotary["interleaved"]:
            a, b = turned[..., 0::2], turned[..., 1::2]
            result = torch.stack((a * self.cos - b * self.sin, b * self.cos + a * self.sin), -1).flatten(-2)
        else:
            a, b = turned[..., : n // 2], turned[..., n // 2:]
            result = torch.cat((a * self.cos - b * self.sin, b * self.cos + a * self.sin), -1)
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
        heads, count, d = q.shape
        if k.shape[0] < heads:
            k, v = (x.repeat_interleave(heads // x.shape[0], 0) for x in (k, v))
        scale = 1 / math.sqrt(d) if self.m["scales_scores"] else 1.0
        if q.is_cuda and self.windows[layer] == 0 and not len(self.slopes):
            c = F.scaled_dot_product_attention(q[None], k[None], v[None], is_causal=True, scale=scale)[0]
        else:
            scores = torch.baddbmm(self.masks[self.windows[layer]].expand(heads, count, count), q, k.transpose(1, 2), alpha=scale)
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

    def logits(self, ids):
        """Logits [T, V]."""
        m = self.m
        h = self.tensor("embedding.token.weight", -1)[ids]
        if m["scales_embeddings"]:
            h = h * math.sqrt(m["hidden_size"])
        if m["embedding_size"] != m["hidden_size"]:
            h = self.linear("embedding.project_in", h, -1)
        if m["positions"] == "Learned":
            h = h + self.tensor("embedding.position.weight", -1)[m["unused_positions"]: m["unused_positions"] + len(ids)]
        if m["has_embedding_norm"]:
            h = self.norm("embedding.norm", h, -1)
        for layer in range(m["layer_count"]):
            h = self.block(h, layer)
        if m["norm_placement"] == "Pre":
            h = self.norm("final_norm", h, -1)
        if m["embedding_size"] != m["hidden_size"]:
            h = self.linear("head.project_out", h, -1)
        head = self.tensor("embedding.token.weight" if m["ties_embeddings"] else "head.weight", -1)
        return F.linear(h, head, self.tensor("head.bias", -1))


def main():
    directory, described = sys.argv[1], json.loads(sys.argv[2])
    tokens, training, rate, threads = map(float, sys.argv[3:7])
    tokens, training = int(tokens), int(training)
    device = sys.argv[7] if len(sys.argv) > 7 else "cpu"
    torch.set_num_threads(int(threads))
    torch.backends.cuda.matmul.allow_tf32 = False
    weights = load(directory, device)
    model = Model(described, weights, tokens, device)
    # Every parameter of the blocks and of the final norm is trained; what is below and above them is not.
    names = [tensor["name"].replace("{0}", str(layer)) for tensor in model.tensors if tensor["is_trained"] for layer in range(described["model"]["layer_count"])]
    trained = [weights[name].requires_grad_() for name in dict.fromkeys(names)]
    ids = torch.tensor([(7919 * i + 13) % described["model"]["vocabulary_size"] for i in range(tokens)], device=device)

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
        before = losses(model.logits(ids))
        gradients = torch.autograd.grad(before[: training - 1].sum(), trained)
        move(-rate, gradients)
        with torch.no_grad():
            after = losses(model.logits(ids))
        wait()
        seconds = time.perf_counter() - start
        move(rate, gradients)
        print(seconds, before[training - 1:].mean().item(), after[training - 1:].mean().item(), flush=True)
        del gradients, before, after
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 if device == "cpu" else torch.cuda.max_memory_allocated() / 2**20
    print(peak, flush=True)


if __name__ == "__main__":
    main()
