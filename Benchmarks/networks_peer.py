"""PyTorch's side of the networks section: trains on images in memory; prints the last epoch's figures as JSON."""

import gzip
import json
import pathlib
import resource
import sys
import time

START = time.process_time()

import torch  # noqa: E402 (what it costs to import is measured)
from torch import nn  # noqa: E402


def read(folder, name):
    path = folder / name
    data = path.read_bytes() if path.exists() else gzip.decompress((folder / f"{name}.gz").read_bytes())
    return torch.frombuffer(bytearray(data[16 if "images" in name else 8:]), dtype=torch.uint8)


def network(kind):
    if kind == "mlp":
        return nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Dropout(.2), nn.Linear(128, 10))
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1600, 64), nn.ReLU(), nn.Linear(64, 10))


def main():
    kind, batch, threads, epochs = sys.argv[1], *map(int, sys.argv[2:5])
    folder = pathlib.Path(sys.argv[5])
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    images = read(folder, "train-images-idx3-ubyte").float().div(255).sub(.1307).div(.3081).view(-1, 1, 28, 28)
    labels = read(folder, "train-labels-idx1-ubyte").long()
    model = network(kind)
    optimizer = torch.optim.Adam(model.parameters())
    loss = nn.CrossEntropyLoss()
    start = time.process_time() - START
    for _ in range(epochs):
        cpu, wall = time.process_time(), time.perf_counter()
        order = torch.randperm(len(images))
        model.train()
        for index in range(0, len(images), batch):
            chosen = order[index:index + batch]
            optimizer.zero_grad()
            loss(model(images[chosen]), labels[chosen]).backward()
            optimizer.step()
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps({
        "cpu": cpu * 1000, "wall": wall * 1000, "start": start * 1000,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}))


if __name__ == "__main__":
    main()
