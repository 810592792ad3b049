"""Trains Pebble for a given time on one core and writes its weights."""

import argparse
import math
import random
import time

import torch
import torch.nn.functional as F

from data import VOCABULARY, encode, sample
from model import Pebble

BATCH = 24
LENGTH = 256
PEAK_RATE = 1.8e-3
WARM_UP_STEPS = 150
SAVE_EVERY_SECONDS = 120
REPORT_EVERY_STEPS = 50


def learning_rate(step, progress):
    """Rises over the first steps, then falls along a cosine to a fiftieth of its peak."""
    return PEAK_RATE * min(1, (step + 1) / WARM_UP_STEPS) * (0.5 * (1 + math.cos(math.pi * progress)) * 0.98 + 0.02)


def batch(rng):
    """Rows of samples, one after the other, cut at the same length."""
    rows = torch.zeros(BATCH, LENGTH + 1, dtype=torch.long)
    for i in range(BATCH):
        row = []
        while len(row) < LENGTH + 1:
            row += encode(sample(rng))
        rows[i] = torch.tensor(row[: LENGTH + 1])
    return rows


def learn(model, optimizer, rows):
    """One step; returns its loss."""
    scores = model(rows[:, :-1])
    loss = F.cross_entropy(scores.reshape(-1, VOCABULARY), rows[:, 1:].reshape(-1))
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return loss.item()


def train(model, seconds, weights, seed):
    """Learns until the time is over, saving now and then."""
    rng = random.Random(seed)
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, betas=(0.9, 0.98), weight_decay=0.05)
    start = saved = time.time()
    step = 0
    while (elapsed := time.time() - start) <= seconds:
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, elapsed / seconds)
        loss = learn(model, optimizer, batch(rng))
        step += 1
        if step % REPORT_EVERY_STEPS == 0:
            speed = step * BATCH * LENGTH / (time.time() - start)
            print(f"step {step}, {elapsed:.0f} s, loss {loss:.4f}, {speed:.0f} tokens/s", flush=True)
        if time.time() - saved > SAVE_EVERY_SECONDS:
            torch.save(model.state_dict(), weights)
            saved = time.time()
    torch.save(model.state_dict(), weights)
    print(f"done after {step} steps")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", type=float, help="3000 gave the weights in the jar")
    parser.add_argument("--weights", default="pebble.pt", help="the file to write")
    parser.add_argument("--seed", type=int, default=77, help="of the training text")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    model = Pebble()
    print(sum(p.numel() for p in model.parameters()), "parameters")
    train(model, arguments.seconds, arguments.weights, arguments.seed)


if __name__ == "__main__":
    main()
