#!/usr/bin/env python3
"""Runs an exported literal simulator in double precision, from its files alone.

    run_exported.py EXPORT INPUT OUTPUT [EXPORT INPUT OUTPUT …]

EXPORT is a directory that `tint export` wrote; INPUT a safetensors file with input_ids and training_mask, [B, T], and, if
wanted, gradient_mask, icl_mask [B, T, T] and position_ids; OUTPUT receives logits_before and logits_after, F64 [B, T, V].

Needs torch and nothing else. Every operator is written after its text in simulator.json; sizes come from there and from
the shapes of the tensors.
"""
import json
import math
import os
import struct
import sys

import torch

TYPES = {"F32": torch.float32, "F64": torch.float64, "I64": torch.int64, "I32": torch.int32}


def read_safetensors(path):
    """The tensors of a file by name; numbers with a point become doubles."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        kind = TYPES[entry["dtype"]]
        values = torch.frombuffer(data, dtype=kind, count=math.prod(entry["shape"]), offset=begin)
        assert values.numel() * values.element_size() == end - begin, name
        values = values.reshape(entry["shape"])
        tensors[name] = values.double() if kind.is_floating_point else values.long()
    return tensors


def write_safetensors(path, tensors):
    header, offset = {}, 0
    for name, values in tensors.items():
        size = values.numel() * 8
        header[name] = {"dtype": "F64", "shape": list(values.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for values in tensors.values():
            file.write(struct.pack(f"<{values.numel()}d", *values.reshape(-1).tolist()))


class Simulator:
    def __init__(self, directory):
        with open(os.path.join(directory, "simulator.json"), encoding="utf-8") as file:
            self.description = json.load(file)
        assert self.description["format"] == "tint-literal-simulator" and self.description["version"] == 2
        with open(os.path.join(directory, "model.safetensors.index.json"), encoding="utf-8") as file:
            shard_of = json.load(file)["weight_map"]
        shards = {shard: read_safetensors(os.path.join(directory, shard)) for shard in sorted(set(shard_of.values()))}
        self.tensors = {name: shards[shard][name] for name, shard in shard_of.items()}
        self.sizes = self.description["sizes"]
        self.settings = self.description["settings"]
        self.used = set()
        for program in self.description["programs"].values():
            for step in program["steps"]:
                assert step["op"] in self.description["operators"], step["op"]

    def tensor(self, name):
        self.used.add(name)
        return self.tensors[name]

    def run(self, ids, training, gradient_mask=None, icl_mask=None, position_ids=None):
        return Run(self, ids, training, gradient_mask, icl_mask, position_ids).logits()


class Run:
    """One sequence."""

    def __init__(self, simulator, ids, training, gradient_mask, icl_mask, position_ids):
        self.simulator = simulator
        self.sizes = simulator.sizes
        self.settings = simulator.settings
        self.ids = ids
        self.count = len(ids)
        self.prefixes = self.sizes["prefix_count"]
        self.positions = self.prefixes + self.count
        self.training = training != 0
        self.gradient_mask = torch.ones(self.count, dtype=torch.double) if gradient_mask is None else gradient_mask
        self.icl_mask = torch.ones(self.count, self.count) if icl_mask is None else icl_mask
        self.position_ids = torch.arange(self.count) if position_ids is None else position_ids
        self.embedding = simulator.tensor("token_embedding")
        self.head = self.optional("head")
        self.head = self.embedding if self.head is None else self.head
        self.signals, self.memories, self.replaced, self.results = {}, {}, {}, {}
        self.codes = torch.zeros(self.positions, self.sizes["position_size"], dtype=torch.double)
        for prefix in range(self.prefixes):
            self.codes[prefix, self.sizes["context"] + prefix] = 1
        for token in range(self.count):
            self.codes[self.prefixes + token, token] = 1
        self.masks = self.make_masks()

    def optional(self, name):
        return self.simulator.tensor(name) if name in self.simulator.tensors else None

    def make_masks(self):
        """For every mask, [i, j]: whether i may attend to j, or receiver i may take what j sends back."""
        index = torch.arange(self.positions)
        before = index[None, :] <= index[:, None]
        token = index >= self.prefixes
        training = torch.cat([torch.zeros(self.prefixes, dtype=torch.bool), self.training])
        allowed = torch.zeros(self.positions, self.positions, dtype=torch.bool)
        allowed[self.prefixes:, self.prefixes:] = self.icl_mask != 0
        return {
            "causal": before,
            "tokens": before & allowed,
            "training": training[None, :] | (token[:, None] & before),
            "sent_back": token[None, :] & (before | training[None, :]),
        }

    def logits(self):
        for step in self.simulator.description["run"]:
            assert step["step"] in self.simulator.description["run_steps"], step["step"]
            getattr(self, "step_" + step["step"])(step)
        return self.results[0], self.results[max(self.results)]

    # Steps of the run.

    def step_embedding(self, step):
        x = self.settings["embedding_scale"] * self.embedding[self.ids]
        if (project := self.optional("project_in")) is not None:
            x = x @ project.T
        if (positions := self.optional("position_embedding")) is not None:
            x = x + positions[self.sizes["position_offset"] + self.position_ids]
        if (gain := self.optional("embedding_norm.gain")) is not None:
            x = self.normalize(x, torch.tensor(1.0, dtype=torch.double)) * gain
            bias = self.optional("embedding_norm.bias")
            x = x if bias is None else x + bias
        self.signals[step["output"]] = x

    def step_projection(self, step):
        weight = self.simulator.tensor(step["parameters"])
        self.signals[step["output"]] = self.signals[step["input"]] @ (weight if step["back"] else weight.T)

    def step_copy(self, step):
        self.signals[step["output"]] = self.signals[step["input"]]

    def step_sum(self, step):
        self.signals[step["output"]] = sum(self.signals[name] for name in step["inputs"])

    def step_head(self, step):
        logits = self.signals[step["input"]] @ self.head.T
        bias = self.optional("head.bias")
        logits = logits if bias is None else logits + bias
        cap = self.settings.get("logit_cap")
        self.results[step["after_steps"]] = logits if cap is None else cap * torch.tanh(logits / cap)

    def step_loss_gradient(self, step):
        logits = self.results[step["after_steps"]]
        loss = self.settings["loss"]
        cap = self.settings.get("logit_cap")
        slopes = torch.ones_like(logits) if cap is None else 1 - (logits / cap) ** 2
        if loss == "softmax":
            first = (torch.softmax(logits, dim=1) * slopes) @ self.head
        elif loss == "quadratic":
            first = (logits * slopes) @ self.head
        else:
            first = (slopes / slopes.shape[1]) @ self.head
        output = torch.zeros_like(first)
        factor = self.training[1:].double() * self.gradient_mask[1:]
        slope = slopes[:-1].gather(1, self.ids[1:, None])
        output[:-1] = (first[:-1] - slope * self.head[self.ids[1:]]) * factor[:, None]
        if self.settings["compatibility"] == "authors":
            output[-1] = first[-1]
        self.signals[step["output"]] = output

    def step_module(self, step):
        size = self.sizes["auxiliary_hidden_size"]
        embeddings = torch.zeros(self.positions, self.sizes["hidden_size"], dtype=torch.double)
        if step["prefix"] is not None:
            stored = self.simulator.tensor(step["prefix"])
            embeddings[: self.prefixes] = self.replaced.get(step["prefix"], stored)
        tokens = embeddings[self.prefixes:]
        for place in step["inputs"]:
            tokens[:, place["start"] : place["start"] + size] = self.signals[place["signal"]]
        for place in step["memory_read"]:
            tokens[:, place["start"] : place["start"] + place["width"]] = self.memories[place["memory"]]
        registers = {"input": embeddings}
        program = self.simulator.description["programs"][step["program"]]
        self.parameters = {}
        for name, shape in program["parameters"].items():
            self.parameters[name] = self.simulator.tensor(step["parameters"] + name)
            assert list(self.parameters[name].shape) == shape, name
        for operation in program["steps"]:
            registers[operation["to"]] = getattr(self, "op_" + operation["op"])(operation, registers)
        output = registers["output"]
        tokens = output[self.prefixes:]
        for place in step["outputs"]:
            self.signals[place["signal"]] = tokens[:, place["start"] : place["start"] + size].clone()
        for place in step["memory_written"]:
            self.memories[place["memory"]] = tokens[:, place["start"] : place["start"] + place["width"]].clone()
        if step["replaces_prefix"]:
            self.replaced[step["prefix"]] = output[: self.prefixes].clone()

    # Operators of modules.

    def gate(self, argument):
        return torch.tanh(argument) if self.settings["gates"] == "tanh" else argument.clamp(-1, 1)

    def region_weight(self):
        return self.gate(torch.tensor(self.settings["gate_scale"], dtype=torch.double))

    def split_map(self, name, x):
        weight, bias = self.parameters[name + ".weight"], self.parameters[name + ".bias"]
        parts, size, _ = weight.shape
        return (torch.einsum("tps,pso->tpo", x.reshape(-1, parts, size), weight) + bias).reshape(x.shape)

    def mixing_map(self, name, x):
        weight, bias = self.parameters[name + ".weight"], self.parameters[name + ".bias"]
        size, parts, _ = weight.shape
        mixed = torch.einsum("tid,dij->tjd", x.reshape(-1, parts, size), weight)
        return (mixed + bias.T).reshape(x.shape)

    def op_split_map(self, operation, registers):
        return self.split_map(operation["parameters"], registers[operation["from"]])

    def op_mixing_map(self, operation, registers):
        return self.mixing_map(operation["parameters"], registers[operation["from"]])

    def projected(self, operation, role, x):
        maps = operation[role]
        return self.split_map(maps["split"], self.mixing_map(maps["mixing"], x))

    def allowed(self, operation):
        allowed = self.masks[operation["mask"]]
        index = torch.arange(self.positions)
        near = index[:, None] - index[None, :] < operation["window"] if operation["window"] else torch.ones_like(allowed)
        return allowed & near

    def distances(self, operation, heads):
        slopes = torch.tensor(operation["slopes"] + [0.0] * (heads - len(operation["slopes"])), dtype=torch.double)
        positions = torch.cat([torch.zeros(self.prefixes), self.position_ids.double()]).double()
        return slopes[:, None, None] * (positions[None, :] - positions[:, None])

    def scores(self, operation, query, key, heads):
        """Scores of all heads, [heads, i, j], and the slope of their cap."""
        scores = operation["scale"] * torch.einsum("ihd,jhd->hij", query, key)
        slope = torch.ones_like(scores)
        if "cap" in operation:
            tangent = torch.tanh(scores / operation["cap"])
            scores, slope = operation["cap"] * tangent, 1 - tangent**2
        return scores + self.distances(operation, heads), slope

    def op_attention(self, operation, registers):
        x, heads = registers[operation["from"]], operation["heads"]
        size = x.shape[1] // heads
        positions, expansion = operation["positions"], operation["expansion"]
        codes = self.codes @ self.parameters[positions + ".weight"] + self.parameters[positions + ".bias"]
        roles = []
        for index, role in enumerate(("query", "key", "value")):
            factor = self.parameters[expansion + ".weight"][index, 0]
            code = codes[:, index * size : (index + 1) * size]
            spread = code[:, None, :] * factor[None, :, None] + self.parameters[expansion + ".bias"][None, :, None]
            roles.append(self.projected(operation, role, x).reshape(-1, heads, size) + spread)
        query, key, value = roles
        scores, _ = self.scores(operation, query, key, heads)
        allowed = self.allowed(operation)
        weights = torch.where(allowed, scores, torch.zeros_like(scores)) if operation["kind"] == "linear" else softmax(scores, allowed)
        if operation["kind"] == "transposed_softmax":
            received = weights * self.masks[operation["send_mask"]].T
            output = torch.einsum("hij,ihd->jhd", received, value)
        else:
            output = torch.einsum("hij,jhd->ihd", weights, value)
        return self.mixing_map(operation["projection"], output.reshape(x.shape))

    def op_score_gradient_attention(self, operation, registers):
        x, heads = registers[operation["from"]], operation["heads"]
        names = ("query", "key", "context_gradient", "value", "to_queries", "to_keys")
        query, key, gradient, value, to_queries, to_keys = (
            self.projected(operation, name, x).reshape(len(x), heads, -1) for name in names
        )
        scale, allowed = operation["scale"], self.allowed(operation)
        scores, slope = self.scores(operation, query, key, heads)
        weights = softmax(scores, allowed)
        received = torch.einsum("ihd,jhd->hij", gradient, value)
        received = torch.where(allowed, received, torch.zeros_like(received))
        change = scale * slope * weights * (received - (weights * received).sum(dim=2, keepdim=True))
        query_gradient = torch.einsum("hij,jhd->ihd", change, to_queries).reshape(x.shape)
        sent = change * self.masks[operation["send_mask"]].T
        key_gradient = torch.einsum("hij,ihd->jhd", sent, to_keys).reshape(x.shape)
        return self.mixing_map(operation["query_projection"], query_gradient) + self.mixing_map(operation["key_projection"], key_gradient)

    def op_add_to_tokens(self, operation, registers):
        result = registers[operation["to"]].clone()
        first, width = operation["from_start"], operation["width"]
        added = registers[operation["from"]][self.prefixes :, first : first + width]
        result[self.prefixes :, operation["to_start"] : operation["to_start"] + width] += added
        return result

    def op_position_gates(self, operation, registers):
        def gates(which):
            name = operation["parameters"] + which
            return self.gate(self.codes @ self.parameters[name + ".weight"] + self.parameters[name + ".bias"])

        return gates(".old_v") * registers[operation["before"]] + gates(".new_v") * registers[operation["after"]]

    def op_normalise(self, operation, registers):
        result = registers[operation["from"]].clone()
        size = operation["size"]
        for start in range(0, size * operation["count"], size):
            result[:, start : start + size] = self.normalize(result[:, start : start + size], self.region_weight())
        return result

    def normalize(self, x, weight):
        size = x.shape[1]
        mean = (weight * x).sum(dim=1, keepdim=True) / (weight * size) if self.settings["norm"] == "layer_norm" else 0
        variance = ((weight * (x - mean)) ** 2).sum(dim=1, keepdim=True) / (weight * size)
        return weight * (x - mean) / torch.sqrt(self.settings["norm_epsilon"] + variance) + (1 - weight) * x

    def op_multiply(self, operation, registers):
        return registers[operation["from"]] * registers[operation["factor"]]

    def op_rotate(self, operation, registers):
        result = registers[operation["from"]].clone()
        rotary = self.settings["rotary"]
        frequencies = torch.tensor(rotary["frequencies"], dtype=torch.double)
        angles = self.position_ids[:, None].double() * frequencies * (-1 if operation["back"] else 1)
        cosine, sine = torch.cos(angles), torch.sin(angles)
        pairs, size = len(frequencies), operation["head_size"]
        first = 2 * torch.arange(pairs) if rotary["interleaved"] else torch.arange(pairs)
        second = first + (1 if rotary["interleaved"] else pairs)
        for head in range(operation["heads"]):
            start = operation["start"] + head * size
            a, b = result[self.prefixes :, start + first], result[self.prefixes :, start + second]
            result[self.prefixes :, start + first] = a * cosine - b * sine
            result[self.prefixes :, start + second] = b * cosine + a * sine
        return result

    def op_mix_region(self, operation, registers):
        result = registers[operation["before"]].clone()
        size, weight = self.sizes["auxiliary_hidden_size"], self.region_weight()
        result[:, :size] = weight * registers[operation["after"]][:, :size] + (1 - weight) * result[:, :size]
        return result

    def op_activate(self, operation, registers):
        z = registers[operation["from"]]
        name = self.settings["activation"]
        if name == "gelu_new":
            return z / 2 * (1 + torch.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)))
        if name == "gelu":
            return z / 2 * (1 + torch.erf(z / math.sqrt(2)))
        if name == "relu":
            return z.clamp(min=0)
        return z / (1 + torch.exp(-(1.702 if name == "quick_gelu" else 1) * z))

    def op_take_prefix(self, operation, registers):
        result = torch.zeros_like(registers["input"])
        if operation["from"] is not None:
            result[: self.prefixes] = registers[operation["from"]][: self.prefixes]
        return result


def softmax(scores, allowed):
    """Over the allowed keys; rows without any are 0."""
    exponents = torch.where(allowed, scores, torch.full_like(scores, -math.inf))
    largest = exponents.max(dim=2, keepdim=True).values
    weights = torch.exp(exponents - torch.where(largest == -math.inf, torch.zeros_like(largest), largest))
    total = weights.sum(dim=2, keepdim=True)
    return weights / torch.where(total == 0, torch.ones_like(total), total)


def main(directory, input_path, output_path):
    simulator = Simulator(directory)
    batch = read_safetensors(input_path)
    before, after = [], []
    for index in range(len(batch["input_ids"])):
        optional = {name: batch[name][index] for name in ("gradient_mask", "icl_mask", "position_ids") if name in batch}
        logits = simulator.run(batch["input_ids"][index], batch["training_mask"][index], **optional)
        before.append(logits[0])
        after.append(logits[1])
    write_safetensors(output_path, {"logits_before": torch.stack(before), "logits_after": torch.stack(after)})
    unused = sorted(set(simulator.tensors) - simulator.used)
    print(f"{directory}: {len(simulator.tensors)} tensors, {len(unused)} of them not used by the run: {unused[:5]}")


if __name__ == "__main__":
    if len(sys.argv) < 4 or len(sys.argv) % 3 != 1:
        sys.exit(__doc__)
    for first in range(1, len(sys.argv), 3):
        main(*sys.argv[first : first + 3])
