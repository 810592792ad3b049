"""Pebble's network: a small Llama with a byte-level vocabulary."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from data import VOCABULARY

WIDTH = 160
LAYERS = 5
HEADS = 5
HEAD_WIDTH = WIDTH // HEADS
FEED_FORWARD = 448
CONTEXT = 512
NORM_EPSILON = 1e-5
ROPE_BASE = 10000


class Norm(nn.Module):
    """Root mean square normalisation."""

    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.ones(WIDTH))

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + NORM_EPSILON) * self.w


def _rotate(z, cos, sin):
    even, odd = z[..., 0::2], z[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2)


class Block(nn.Module):
    """Attention and a gated feed-forward layer, each around a residual."""

    def __init__(self):
        super().__init__()
        self.an, self.fn = Norm(), Norm()
        self.q, self.k, self.v, self.o = [nn.Linear(WIDTH, WIDTH, bias=False) for _ in range(4)]
        self.g, self.u = nn.Linear(WIDTH, FEED_FORWARD, bias=False), nn.Linear(WIDTH, FEED_FORWARD, bias=False)
        self.d = nn.Linear(FEED_FORWARD, WIDTH, bias=False)

    def forward(self, x, cos, sin, mask):
        batch, length, _ = x.shape
        h = self.an(x)
        q, k, v = [f(h).view(batch, length, HEADS, HEAD_WIDTH).transpose(1, 2) for f in (self.q, self.k, self.v)]
        scores = _rotate(q, cos, sin) @ _rotate(k, cos, sin).transpose(-1, -2)
        attention = (scores / math.sqrt(HEAD_WIDTH) + mask[:length, :length]).softmax(-1)
        x = x + self.o((attention @ v).transpose(1, 2).reshape(batch, length, WIDTH))
        h = self.fn(x)
        return x + self.d(F.silu(self.g(h)) * self.u(h))


class Pebble(nn.Module):
    """Token ids in, a score for each possible next token out. Input and output share their embedding."""

    def __init__(self):
        super().__init__()
        self.e = nn.Embedding(VOCABULARY, WIDTH)
        self.b = nn.ModuleList(Block() for _ in range(LAYERS))
        self.n = Norm()
        nn.init.normal_(self.e.weight, std=0.02)
        for p in self.parameters():
            if p.dim() > 1 and p is not self.e.weight:
                nn.init.normal_(p, std=0.04)
        frequencies = 1 / (ROPE_BASE ** (torch.arange(0, HEAD_WIDTH, 2).float() / HEAD_WIDTH))
        angles = torch.outer(torch.arange(CONTEXT).float(), frequencies)
        self.cos, self.sin = angles.cos(), angles.sin()
        self.mask = torch.full((CONTEXT, CONTEXT), float("-inf")).triu(1)

    def forward(self, ids):
        x = self.e(ids)
        length = ids.shape[1]
        for block in self.b:
            x = block(x, self.cos[:length], self.sin[:length], self.mask)
        return self.n(x) @ self.e.weight.t()
