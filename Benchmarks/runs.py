"""Runs that are made up for the search bench, the same for us and for the peer."""

import random
from collections import namedtuple

METRICS = ["loss", "accuracy", "f1"] + [f"metric{i}" for i in range(7)]
MORE = [f"param{i}" for i in range(7)]
Run = namedtuple("Run", "id name start params tags metrics")


def made_up(count):
    """Yields runs with ten parameters, ten metrics and three tags each; the same count gives the same runs."""
    random_source = random.Random(count)
    for index in range(count):
        yield Run(
            id=f"{random_source.getrandbits(128):032x}",
            name=f"run-{index}",
            start=1_700_000_000_000 + index * 1000,
            params={
                "alpha": str(random_source.choice([0.1, 0.3, 0.5, 0.7])),
                "depth": str(random_source.randrange(2, 12)),
                "optimizer": random_source.choice(["sgd", "adam", "lbfgs"]),
                **{name: str(random_source.randrange(1000)) for name in MORE},
            },
            tags={"mlflow.runName": f"run-{index}", "mlflow.user": "bench", "team": f"team{index % 7}"},
            metrics={key: random_source.random() for key in METRICS},
        )
