"""Writes the files of this folder that torch.save makes; needs torch, any version from 1.6 on.

Run it in this folder: /usr/bin/python3 make.py. Names end with the version of torch.
"""

import collections
import os

import torch

VERSION = ".".join(torch.__version__.split(".")[:2])


def save(name, value, **options):
    torch.save(value, f"{name}-{VERSION}.bin", **options)


def numbers(*shape, dtype=torch.float32):
    """0, 1, 2, … by rows, which every type holds exactly."""
    count = 1
    for size in shape:
        count *= size
    return torch.arange(count).reshape(shape).to(dtype)


def views():
    base = numbers(4, 6)
    three = numbers(2, 3, 4)
    return collections.OrderedDict(
        base=base,
        transposed=base.t(),
        narrowed=base[1:3, 2:5],
        every_other=base[:, ::2],
        column=base[:, 1],
        scalar=torch.tensor(3.0),
        element=base[2, 3],
        expanded=base[0].expand(3, 6),
        permuted=three.permute(2, 0, 1),
        empty=torch.zeros(0, 4),
        half=numbers(2, 3, dtype=torch.float16),
        brain=numbers(2, 3, dtype=torch.bfloat16),
        double=numbers(2, 3, dtype=torch.float64),
        long=numbers(5, dtype=torch.int64),
        int=numbers(5, dtype=torch.int32),
        short=numbers(5, dtype=torch.int16),
        char=numbers(5, dtype=torch.int8),
        byte=numbers(5, dtype=torch.uint8),
        mask=torch.ones(1, 1, 3, 3).tril().bool(),
        parameter=torch.nn.Parameter(numbers(2, 2)),
        half_transposed=numbers(3, 2, dtype=torch.float16).t(),
    )


class Attack:
    def __init__(self, function, *arguments):
        self.function, self.arguments = function, arguments

    def __reduce__(self):
        return self.function, self.arguments


class Small(torch.nn.Module):
    """A module whose state dict has the attribute _metadata, tied weights and a buffer."""

    def __init__(self):
        super().__init__()
        self.wte = torch.nn.Embedding(5, 4)
        self.head = torch.nn.Linear(4, 5, bias=False)
        self.head.weight = self.wte.weight
        self.norm = torch.nn.LayerNorm(4)
        self.register_buffer("mask", torch.ones(2, 2).tril())
        with torch.no_grad():
            self.wte.weight.copy_(numbers(5, 4))


save("views", views())
save("views-protocol4", views(), pickle_protocol=4)
save("module", Small().state_dict())
save("whole-module", Small())
save("legacy", views(), _use_new_zipfile_serialization=False)
save("attack-system", {"w": numbers(2), "x": Attack(os.system, "touch attacked")})
save("attack-eval", {"w": numbers(2), "x": Attack(eval, "open('attacked', 'w')")})
save("attack-getattr", {"w": numbers(2), "x": Attack(getattr, torch.nn.Linear, "forward")})

model = Small()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
model.head(model.norm(model.wte(torch.tensor([[1, 2]])))).sum().backward()
optimizer.step()
save(
    "training",
    {
        "model": collections.OrderedDict(("_orig_mod." + name, value) for name, value in Small().state_dict().items()),
        "optimizer": optimizer.state_dict(),
        "model_args": {"n_layer": 1, "n_head": 1, "n_embd": 4, "block_size": 8, "bias": False, "vocab_size": 5, "dropout": 0.0},
        "iter_num": 5000,
        "best_val_loss": torch.tensor(3.25),
        "config": {"out_dir": "out", "learning_rate": 6e-4, "betas": (0.9, 0.95), "device": "cuda", "compile": True, "resume": None},
    },
)
