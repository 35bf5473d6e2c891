"""What loads a tracking server: wrk from Debian, with scripts that write and create; and the server's processes."""

import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request

# A request a time: `next` gives its path and body. What was answered goes to `heard`.
LUA = """
local count = 0
local run = "%(run)s"
local function post(name, body)
  return wrk.format("POST", "/api/2.0/mlflow/" .. name, {["Content-Type"] = "application/json"}, body)
end
%(body)s
done = function(summary) io.write(string.format("\\nRATE %%f %%d\\n", summary.requests / summary.duration * 1e6,
  summary.errors.status + summary.errors.read + summary.errors.timeout)) end
"""
LOG_METRIC = """
request = function()
  count = count + 1
  return post("runs/log-metric", string.format(
    '{"run_id":"%s","key":"m%d","value":%f,"timestamp":%d,"step":%d}', run, count % 10, count / 7, 1700000000000 + count, count))
end
"""
LOG_BATCH = """
request = function()
  local points = {}
  for i = 1, 1000 do
    count = count + 1
    points[i] = string.format('{"key":"b%d","value":%f,"timestamp":%d,"step":%d}', i % 10, count / 7, 1700000000000 + count, count)
  end
  return post("runs/log-batch", '{"run_id":"' .. run .. '","metrics":[' .. table.concat(points, ",") .. "]}")
end
"""
CREATE = """
local made
request = function()
  if not made then return post("runs/create", '{"experiment_id":"0","start_time":1700000000000,"run_name":"bench"}') end
  local metrics, params = {}, {}
  for i = 1, 10 do
    metrics[i] = string.format('{"key":"m%d","value":%f,"timestamp":1700000000000,"step":0}', i, i / 7)
    params[i] = string.format('{"key":"p%d","value":"%d"}', i, i)
  end
  local body = '{"run_id":"' .. made .. '","metrics":[' .. table.concat(metrics, ",") .. '],"params":[' .. table.concat(params, ",") .. "]}"
  made = nil
  return post("runs/log-batch", body)
end
response = function(status, headers, body) made = body:match('"run_id": ?"(%x+)"') end
"""


class Tracked:
    """A tracking server in a process group of its own."""

    def __init__(self, command, folder, environment=None):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        begin = time.perf_counter()
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True, env={**os.environ, **(environment or {})})
        while not self.answers():
            if self.process.poll() is not None:
                raise SystemExit(f"{command[0]} ended with {self.process.returncode}")
            time.sleep(0.005)
        self.started = (time.perf_counter() - begin) * 1000

    def answers(self):
        try:
            return urllib.request.urlopen(f"{self.url}/health", timeout=5).status == 200
        except OSError:
            return False

    def pids(self):
        """All processes of its session."""
        found = []
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                if int(stat.read_text().rpartition(")")[2].split()[3]) == self.process.pid:
                    found.append(stat.parent)
            except (OSError, ValueError):
                continue
        return found

    def cpu(self):
        """User and system ms of all its processes so far."""
        ticks = 0
        for folder in self.pids():
            try:
                ticks += sum(map(int, (folder / "stat").read_text().rpartition(")")[2].split()[11:15]))
            except OSError:
                continue
        return ticks * 1000 / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """RSS and PSS in MB, over all its processes, and how many they are."""
        sums = {"Rss": 0, "Pss": 0}
        pids = self.pids()
        for folder in pids:
            try:
                text = (folder / "smaps_rollup").read_text()
            except OSError:
                continue
            for name in sums:
                sums[name] += int(re.search(rf"^{name}: +(\d+)", text, re.M)[1])
        return sums["Rss"] / 1000, sums["Pss"] / 1000, len(pids)

    def post(self, name, fields):
        return json.loads(self.sent(name, fields))

    def sent(self, name, fields):
        """The bytes that a request is answered with."""
        body = json.dumps(fields).encode()
        request = urllib.request.Request(
            f"{self.url}/api/2.0/mlflow/{name}", body, {"Content-Type": "application/json"}, method="POST")
        with urllib.request.urlopen(request, timeout=600) as answer:
            return answer.read()

    def load(self, script, clients, seconds):
        """Requests a second that wrk gets answered; one that fails ends the bench."""
        run = self.post("runs/create", {"experiment_id": "0", "run_name": "loaded"})["run"]["info"]["run_id"]
        file = self.folder / "load.lua"
        file.write_text(LUA % {"run": run, "body": script})
        said = subprocess.run(
            ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "60s", "-s", file, self.url],
            check=True, stdout=subprocess.PIPE, text=True).stdout
        per_second, errors = re.search(r"RATE ([\d.]+) (\d+)", said).groups()
        if int(errors):
            raise SystemExit(f"{errors} requests failed: {said}")
        return float(per_second)

    def stop(self):
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                break
            time.sleep(1)
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
