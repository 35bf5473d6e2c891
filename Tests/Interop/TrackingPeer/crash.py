"""Clients write while the server is killed and started again; afterwards every acknowledged write is there, none twice.

Usage: crash.py PROGRAM FOLDER [SECONDS [KILLS [CLIENTS [SEED]]]]; prints JSON with counts and with what is wrong, and
ends with 0 when nothing is.
"""

import asyncio
import collections
import json
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import sys
import time

from quick import Quick

T = 1_700_000_000_000
FILES = "/api/2.0/mlflow-artifacts/artifacts"


class Server:
    """The server's process, on one port through all its lives."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = open(folder / "said", "ab")
        self.process = None

    def start(self):
        words = [self.program, "server", "--port", str(self.port)]
        self.process = subprocess.Popen(words, cwd=self.folder, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)

    def kill(self, number=signal.SIGKILL):
        self.process.send_signal(number)
        return self.process.wait()

    async def healthy(self):
        """Waits until it answers; a minute at the most."""
        begin = time.monotonic()
        while time.monotonic() - begin < 60:
            quick = Quick(self.port)
            try:
                if (await quick.ask("GET", "/health"))[0] == 200:
                    return time.monotonic() - begin
            except ConnectionError:
                await asyncio.sleep(0.02)
            finally:
                quick.close()
        raise SystemExit(f"the server does not come back: {(self.folder / 'said').read_text()[-2000:]}")


class Client:
    """A writer that remembers what was acknowledged, and what it never heard of again."""

    def __init__(self, number, seed, server, experiment, stop):
        self.number, self.server, self.experiment, self.stop = number, server, experiment, stop
        self.dice = random.Random(f"{seed}.{number}")
        self.quick = Quick(server.port)
        self.runs = {}
        self.unsure = []
        self.counts = collections.Counter()

    async def send(self, method, name, fields):
        """A request that may be sent again: until it is answered, or for good when the time is up."""
        while True:
            try:
                status, value = await self.quick.call(method, name, fields)
            except ConnectionError:
                self.counts["broken"] += 1
                if self.stop.is_set():
                    return None
                await asyncio.sleep(0.05)
                continue
            if status in (429, 503):
                self.counts["later"] += 1
                await asyncio.sleep(0.05)
                continue
            if status != 200:
                raise SystemExit(f"{name} was answered with {status}: {value}")
            return value

    async def work(self):
        while not self.stop.is_set():
            await self.one_run()
        self.quick.close()

    async def one_run(self):
        name = f"run {self.number}-{self.counts['runs']}"
        self.counts["runs"] += 1
        try:
            status, value = await self.quick.call("POST", "runs/create", {
                "experiment_id": self.experiment, "run_name": name, "start_time": T, "tags": [{"key": "client", "value": str(self.number)}]})
        except ConnectionError:
            # Sent once: it may be there, and may not.
            self.unsure.append(name)
            await asyncio.sleep(0.05)
            return
        if status != 200:
            if status in (429, 503):
                return
            raise SystemExit(f"runs/create was answered with {status}: {value}")
        run = value["run"]["info"]["run_id"]
        kept = self.runs[run] = {"name": name, "points": set(), "maybe": set(), "params": {}, "tags": {}, "file": None}
        for step in range(self.dice.randint(3, 25)):
            if self.stop.is_set():
                return
            await self.write(run, kept, step)

    async def write(self, run, kept, step):
        kind = self.dice.randrange(10)
        if kind < 5:
            points = {(f"m{self.dice.randrange(3)}", step, 0)}
            fields = {"run_id": run, "key": next(iter(points))[0], "value": step / 8, "timestamp": T, "step": step}
            await self.logged(kept, points, "runs/log-metric", fields)
        elif kind < 7:
            points = {("batch", step, i) for i in range(50)}
            metrics = [{"key": k, "value": s / 8, "timestamp": T + i, "step": s} for k, s, i in points]
            params = [{"key": f"b{step}", "value": "x"}]
            if await self.logged(kept, points, "runs/log-batch", {"run_id": run, "metrics": metrics, "params": params}):
                kept["params"][f"b{step}"] = "x"
        elif kind == 7:
            if await self.send("POST", "runs/log-parameter", {"run_id": run, "key": f"p{step}", "value": str(step)}) is not None:
                kept["params"][f"p{step}"] = str(step)
        elif kind == 8:
            if await self.send("POST", "runs/set-tag", {"run_id": run, "key": f"t{step}", "value": str(step)}) is not None:
                kept["tags"][f"t{step}"] = str(step)
        else:
            await self.upload(run, kept)

    async def logged(self, kept, points, name, fields):
        kept["maybe"] |= points
        done = await self.send("POST", name, fields) is not None
        if done:
            kept["points"] |= points
            self.counts["metrics"] += len(points)
        return done

    async def upload(self, run, kept):
        body = os.urandom(1) * self.dice.randint(1, 200_000)
        try:
            status, _ = await self.quick.ask("PUT", f"{FILES}/{self.experiment}/{run}/artifacts/f", body, "application/octet-stream")
        except ConnectionError:
            # What was there before may be there, or this.
            kept["file"] = None
            kept["file unsure"] = True
            return
        if status == 200:
            kept["file"] = body
            self.counts["files"] += 1


async def check(client, wrong):
    """Reads everything back that a client was promised."""
    quick = Quick(client.server.port)
    for run, kept in client.runs.items():
        status, value = await quick.call("GET", f"runs/get?run_id={run}", {})
        if status != 200:
            wrong.append(f"{kept['name']} is lost: {status} {value}")
            continue
        data = value["run"]["data"]
        for kind in ("params", "tags"):
            found = {p["key"]: p["value"] for p in data.get(kind, [])}
            wrong += [f"{kept['name']}: {kind} {k} is lost" for k, v in kept[kind].items() if found.get(k) != v]
        await points(quick, run, kept, wrong)
        if kept["file"] is not None:
            status, body = await quick.ask("GET", f"{FILES}/{client.experiment}/{run}/artifacts/f")
            if status != 200 or body != kept["file"]:
                wrong.append(f"{kept['name']}: its file is lost or another: {status}, {len(body)} bytes")
    quick.close()


async def points(quick, run, kept, wrong):
    for key in sorted({p[0] for p in kept["maybe"]}):
        _, value = await quick.call("GET", f"metrics/get-history?run_id={run}&metric_key={key}", {})
        found = collections.Counter((m["key"], m.get("step", 0), m["timestamp"] - T) for m in value.get("metrics", []))
        wrong += [f"{kept['name']}: {p} is there {n} times" for p, n in found.items() if n > 1]
        wrong += [f"{kept['name']}: {p} is lost" for p in kept["points"] if p[0] == key and p not in found]
        wrong += [f"{kept['name']}: {p} was never sent" for p in found if p not in kept["maybe"]]


async def names(clients, experiment, port, wrong):
    """Every run once: those acknowledged, and of the others none twice."""
    quick, found, token = Quick(port), collections.Counter(), None
    while True:
        fields = {"experiment_ids": [experiment], "max_results": 1000, **({"page_token": token} if token else {})}
        _, value = await quick.call("POST", "runs/search", fields)
        found.update(r["info"]["run_name"] for r in value.get("runs", []))
        token = value.get("next_page_token")
        if not token:
            break
    quick.close()
    sure = {k["name"] for c in clients for k in c.runs.values()}
    unsure = {n for c in clients for n in c.unsure}
    wrong += [f"{n} is there {c} times" for n, c in found.items() if c > 1]
    wrong += [f"{n} is in no search" for n in sure - set(found)]
    wrong += [f"{n} was never sent" for n in set(found) - sure - unsure]


async def main(program, folder, seconds=20, kills=5, number=64, seed="1"):
    folder = pathlib.Path(folder)
    server = Server(str(pathlib.Path(program).resolve()), folder)
    server.start()
    await server.healthy()
    quick = Quick(server.port)
    experiment = (await quick.call("POST", "experiments/create", {"name": "crashes"}))[1]["experiment_id"]
    quick.close()
    stop, dice = asyncio.Event(), random.Random(seed)
    clients = [Client(i, seed, server, experiment, stop) for i in range(number)]
    tasks = [asyncio.create_task(c.work()) for c in clients]
    begin, backs = time.monotonic(), []
    for moment in sorted(dice.uniform(0.5, float(seconds)) for _ in range(kills)):
        await asyncio.sleep(max(0.1, begin + moment - time.monotonic()))
        server.kill()
        server.start()
        backs.append(await server.healthy())
    await asyncio.sleep(max(0, begin + float(seconds) - time.monotonic()))
    stop.set()
    await asyncio.gather(*tasks)
    server.kill()
    server.start()
    await server.healthy()
    wrong = []
    await asyncio.gather(*(check(c, wrong) for c in clients))
    await names(clients, experiment, server.port, wrong)
    status = server.kill(signal.SIGTERM)
    if status not in (0, 130, 143):
        wrong.append(f"told to end, it ended with {status}")
    counts = sum((c.counts for c in clients), collections.Counter())
    said = re.findall(r".*(?:fatal|crash|corrupt|malformed).*", (folder / "said").read_text(errors="replace"), re.IGNORECASE)
    result = {
        "kills": kills, "runs": sum(len(c.runs) for c in clients), "unsure": sum(len(c.unsure) for c in clients), **counts,
        "params": sum(len(k["params"]) for c in clients for k in c.runs.values()),
        "slowest start": round(max(backs, default=0), 2), "wrong": wrong[:40], "wrong in all": len(wrong), "said": said[:5],
    }
    print(json.dumps(result))
    return 1 if wrong else 0


if __name__ == "__main__":
    given = sys.argv[1:3] + [float(a) for a in sys.argv[3:4]] + [int(a) for a in sys.argv[4:6]] + sys.argv[6:7]
    sys.exit(asyncio.run(main(*given)))
