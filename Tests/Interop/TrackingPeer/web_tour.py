"""Looks at MLflow's own pages, served over a server, in Debian's chromium.

Usage: web_tour.py ADDRESS [FOLDER]; screenshots go to the folder. It fills the server with a little, opens the pages, and
prints JSON: what each page lacked, the requests that failed, and how many there were.
"""

import collections
import json
import pathlib
import struct
import sys
import tempfile
import time
import zlib

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from wire import Wire

T = 1_700_000_000_000
FILES = "/api/2.0/mlflow-artifacts/artifacts"
# Pages ask for what only MLflow has, and do without.
MAY_LACK = ("gateway", "assistant", "telemetry", "users/current", "traces", "webhook", "scorers", "prompt", "label-schemas", "review", "issues", "mcp", "jobs", "workspaces")


def picture():
    """A red PNG of 8 by 8."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + b"\xff\0\0" * 8) * 8
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)) + chunk(
        b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def fill(wire):
    """An experiment of three runs with curves and files, and a model with a version."""
    def post(path, fields, save=None):
        step = {"method": "POST", "path": path, "body": fields, "save": save or {}}
        told = wire.ask(step)
        if told["status"] != 200:
            raise SystemExit(f"{path}: {told}")

    post("experiments/create", {"name": "seen by a browser"}, {"e": ["experiment_id"]})
    for index in range(3):
        post("runs/create", {"experiment_id": "{{e}}", "run_name": f"heron-{index}", "user_id": "ann", "start_time": T + index * 1000}, {
            "r": ["run", "info", "run_id"]})
        curve = [{"key": "loss", "value": 1 / (s + 1 + index), "timestamp": T + s, "step": s} for s in range(60)]
        post("runs/log-batch", {
            "run_id": "{{r}}", "metrics": [*curve, {"key": "accuracy", "value": 0.8125 + index / 64, "timestamp": T, "step": 0}],
            "params": [{"key": "depth", "value": f"{70 + index}"}], "tags": [{"key": "team", "value": "teal"}]})
        post("runs/update", {"run_id": "{{r}}", "status": "FINISHED", "end_time": T + 90_000})
    for name, data in [("notes.txt", b"words of the notes\n"), ("folder/made.json", b'{"answer": 4242}'), ("red.png", picture())]:
        wire.ask({"method": "PUT", "path": FILES + "/{{e}}/{{r}}/artifacts/" + name, "data": data.decode("latin-1")})
    post("registered-models/create", {"name": "ferret", "description": "digs in data"})
    post("model-versions/create", {"name": "ferret", "source": "runs:/{{r}}/model", "run_id": "{{r}}", "description": "the first one"})
    post("registered-models/alias", {"name": "ferret", "alias": "champion", "version": "1"})


def browser():
    options = Options()
    for word in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1600,1200", "--no-proxy-server"]:
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    options.binary_location = "/usr/bin/chromium"
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


class Look:
    """A browser that remembers what its pages lacked and asked for."""

    def __init__(self, address, folder):
        self.address, self.folder = address.rstrip("/"), folder
        self.driver = browser()
        self.lacking, self.asked, self.failed = {}, collections.Counter(), collections.Counter()

    def page(self, name, path, wanted, click=None):
        """Opens a page, and waits until it shows all that is wanted, a minute at the most."""
        self.driver.get("about:blank")
        self.driver.get(self.address + path)
        clicked = click is None
        begin, missing = time.monotonic(), wanted
        while time.monotonic() - begin < 60:
            text = self.driver.execute_script("return document.body.innerText + ' ' + [...document.querySelectorAll('input,textarea')].map(e => e.value).join(' ')")
            if not clicked and click in text:
                found = self.driver.find_elements(By.XPATH, f"//*[text()='{click}']")
                if found:
                    self.driver.execute_script("arguments[0].click()", found[-1])
                    clicked = True
            missing = [w for w in wanted if w.lower() not in text.lower()]
            if clicked and not missing:
                break
            time.sleep(0.3)
        time.sleep(1)
        if missing or not clicked:
            self.lacking[name] = missing or [f"{click}, to click on"]
        self.driver.save_screenshot(str(self.folder / f"{name}.png"))
        self.note()

    def count(self, name, selector, least):
        found = len(self.driver.find_elements(By.CSS_SELECTOR, selector))
        if found < least:
            self.lacking[name] = [f"{selector}: {found} of {least}"]

    def note(self):
        """What the browser's log says of its requests since the last look."""
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] != "Network.responseReceived":
                continue
            response = message["params"]["response"]
            if not response["url"].startswith(self.address):
                continue
            path = response["url"][len(self.address):].split("?")[0]
            self.asked[response["status"]] += 1
            if response["status"] >= 400:
                self.failed[f"{response['status']} {path}"] += 1


def main():
    address, folder = sys.argv[1], pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp(prefix="web"))
    wire = Wire(address)
    fill(wire)
    experiment, run = wire.saved["e"], wire.saved["r"]
    look = Look(address, folder)
    try:
        look.page("experiments", "/#/experiments", ["seen by a browser"])
        look.page("runs", f"/#/experiments/{experiment}/runs", ["heron-0", "heron-1", "heron-2"])
        look.page("charts", f"/#/experiments/{experiment}/runs?compareRunsMode=CHART", ["heron-2", "loss", "accuracy"])
        at = f"/#/experiments/{experiment}/runs/{run}"
        look.page("run", at, ["heron-2", "depth", "72", "accuracy", "0.84375", "team"])
        look.page("curves", f"{at}/model-metrics", ["loss", "accuracy"])
        look.count("curves drawn", "svg.main-svg, canvas", 1)
        look.page("artifacts", f"{at}/artifacts", ["notes.txt", "folder", "red.png"])
        look.page("text", f"{at}/artifacts", ["words of the notes"], click="notes.txt")
        look.page("picture", f"{at}/artifacts/red.png", ["red.png"])
        look.page("models", "/#/models", ["ferret"])
        look.page("model", "/#/models/ferret", ["ferret", "digs in data", "Version 1"])
        look.page("version", "/#/models/ferret/versions/1", ["the first one", "heron-2"])
    finally:
        look.driver.quit()
    bad = {k: v for k, v in look.failed.items() if k.startswith("5") or not any(w in k for w in MAY_LACK)}
    print(json.dumps({"lacking": look.lacking, "failed": bad, "did without": sorted(set(look.failed) - set(bad)), "answers": dict(look.asked)}))
    return 1 if look.lacking or bad else 0


if __name__ == "__main__":
    sys.exit(main())
