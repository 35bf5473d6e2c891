"""Requests to one of the two servers, and answers in a form in which the two can be compared."""

import http.client
import json
import re
import time
import urllib.parse

API = "/api/2.0/mlflow/"
# Answers that are no JSON are compared with these headers.
HEADERS = ["content-type", "content-disposition", "x-content-type-options", "accept-ranges", "content-range"]
TIMES = {
    "creation_time", "last_update_time", "creation_timestamp", "last_updated_timestamp", "creation_timestamp_ms",
    "last_updated_timestamp_ms", "creationTime", "lastUpdateTime", "creationTimestamp", "lastUpdatedTimestamp",
    "timestamp", "start_time", "end_time", "startTime", "endTime",
}
EXPERIMENTS = {"experiment_id", "experimentId"}
RANDOM_NAME = re.compile(r"[a-z]+-[a-z]+-\d{1,4}")
ID = re.compile(r"\b(m-)?[0-9a-f]{32}\b")
# Where the text of a refusal or an address names an experiment.
EXPERIMENT = re.compile(r"(mlflow-artifacts:/|id=|experiment_id=|experiment ID |experiment with ID |experiment )(\d+)\b")
# A set of Python's in a message: its order differs from process to process.
SET = re.compile(r"\{('[^']*'(?:, '[^']*')*)\}")


class Wire:
    """A connection to a server, and what it called the things that were made."""

    def __init__(self, address):
        self.host = urllib.parse.urlsplit(address)
        self.connection = None
        self.begin({})

    def begin(self, names):
        """Forgets what the sequence before called its things."""
        self.saved = dict(names)
        self.names = {("experiment", "0"): "default"}

    def fill(self, value):
        """Puts the server's own ids in the place of `{{name}}`."""
        if isinstance(value, str):
            return re.sub(r"\{\{(\w+)\}\}", lambda m: str(self.saved.get(m[1], "not-made-" + m[1])), value)
        if isinstance(value, list):
            return [self.fill(v) for v in value]
        if isinstance(value, dict):
            return {self.fill(k): self.fill(v) for k, v in value.items()}
        return value

    def send(self, method, target, body, headers):
        """Sends one request, once more when the server had closed the connection."""
        for attempt in range(2):
            if self.connection is None:
                self.connection = http.client.HTTPConnection(self.host.hostname, self.host.port, timeout=60)
            try:
                self.connection.request(method, target, body=body, headers=headers)
                answer = self.connection.getresponse()
                return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
            except (http.client.HTTPException, OSError) as error:
                self.connection.close()
                self.connection = None
                if attempt:
                    return 0, {}, repr(error).encode()

    def ask(self, step):
        """Sends a step; gives the answer as a dictionary that can be compared."""
        body, headers = self.body(step)
        status, headers, data = self.send(step["method"], self.target(step), body, headers)
        told = {"status": status}
        kind = headers.get("content-type", "")
        value = None
        if kind.startswith("application/json"):
            try:
                value = json.loads(data)
            except ValueError:
                value = "not JSON: " + data[:300].decode(errors="replace")
        self.save(step, value)
        if value is not None and (status >= 400 or not step.get("bytes")):
            if isinstance(value, dict) and "error_code" in value:
                value = {k: value.get(k) for k in ("error_code", "message")}
            told["json"] = self.normal(value)
        elif status < 400:
            told["bytes"] = self.text(data.decode("latin-1")) if len(data) < 2000 else data.decode("latin-1")
            told["headers"] = {k: self.text(headers[k]) for k in HEADERS if k in headers}
        else:
            told["text"] = self.text(data[:400].decode(errors="replace"))
        name = step.get("unordered")
        if name and name in told.get("json", {}):
            # What stands in the order of ids, which are made at random.
            told["json"][name].sort(key=lambda row: row.get("run_id") or row["info"]["run_id"])
        return told

    def body(self, step):
        """The bytes and headers of a step's body."""
        headers = {"Host": f"localhost:{self.host.port}", **step.get("headers", {})}
        if "raw" in step:
            return self.fill(step["raw"]).encode("utf-8", "surrogatepass"), {"Content-Type": "application/json", **headers}
        if "data" in step:
            return step["data"].encode("latin-1"), headers
        if "body" in step:
            text = json.dumps(self.fill(step["body"]))
            return text.encode(), {"Content-Type": "application/json", **headers}
        return None, headers

    def target(self, step):
        """The path and query of a step."""
        path = self.fill(step["path"])
        if not path.startswith("/"):
            path = API + path
        if "query" in step:
            pairs = [(k, self.fill(v)) for k, v in step["query"]]
            path += "?" + urllib.parse.urlencode(pairs, errors="surrogatepass")
        return path

    def save(self, step, value):
        """Keeps the ids that later steps ask for."""
        for name, path in step.get("save", {}).items():
            found = value
            for word in path:
                if isinstance(found, dict):
                    found = found.get(word)
                else:
                    found = found[word] if isinstance(found, list) and isinstance(word, int) and word < len(found) else None
            self.saved.pop(name, None)
            if isinstance(found, (str, int)):
                self.saved[name] = found
                self.names[("id", str(found))] = self.names[("experiment", str(found))] = name

    def name(self, kind, raw):
        """The server's own id as the how-manieth of its kind."""
        return f"<{kind} {self.names.setdefault((kind, raw), len(self.names))}>"

    def text(self, value):
        """A text with names for ids, and with sets in one order."""
        value = SET.sub(lambda m: "{" + ", ".join(sorted(m[1].split(", "))) + "}", value)
        value = value.replace(self.host.netloc, "<host>").replace(f"localhost:{self.host.port}", "<host>")
        value = ID.sub(lambda m: (m[1] or "") + self.name("id", m[0]), value)
        return EXPERIMENT.sub(lambda m: m[1] + self.name("experiment", m[2]), value)

    def normal(self, value, key=""):
        """A value without what differs from one server to the other: ids, times, and names made at random."""
        if isinstance(value, dict):
            if value.get("key") == "mlflow.runName" and RANDOM_NAME.fullmatch(str(value.get("value"))):
                return {**value, "value": "<random>"}
            return {k: self.normal(value[k], k) for k in sorted(value)}
        if isinstance(value, list):
            return [self.normal(v, key) for v in value]
        if key in TIMES and str(value).isdigit() and abs(int(value) / 1000 - time.time()) < 86_400:
            return "<now>" if isinstance(value, int) else "<now as text>"
        if key in EXPERIMENTS and isinstance(value, str):
            return self.name("experiment", value)
        if not isinstance(value, str):
            return value
        if key in {"run_name", "runName", "name"} and RANDOM_NAME.fullmatch(value):
            return "<random>"
        if key in {"next_page_token", "nextPageToken"}:
            return "<token>"
        if value.startswith("{") or value.startswith("["):
            try:
                return {"json": self.normal(json.loads(value))}
            except ValueError:
                pass
        return self.text(value)
