"""What the client's functions give, as plain values that do not tell one server from the other."""

import math
import re
import time

ID = re.compile(r"\b(?:m-)?[0-9a-f]{32}\b")
RANDOM_NAME = re.compile(r"[a-z]+-[a-z]+-\d{1,4}")
# Experiments are numbered; their numbers stand in addresses, and alone under this name.
ADDRESS = re.compile(r"(mlflow-artifacts:/)(\d+)")


class Plain:
    """Makes values plain; ids become the how-manieth that was seen."""

    def __init__(self, folder, address):
        self.folder, self.address = str(folder), address
        self.names = {}

    def __call__(self, value, key=""):
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, (int, float)):
            return self.number(value, key)
        if isinstance(value, str):
            return self.text(value, key)
        if isinstance(value, bytes):
            return value.decode("latin-1")[:500]
        if isinstance(value, dict):
            return {str(k): self(v, str(k)) for k, v in sorted(value.items(), key=lambda kv: str(kv[0]))}
        if isinstance(value, (list, tuple, set)) or type(value).__name__ in {"RepeatedScalarContainer", "RepeatedComposite"}:
            made = [self(v, key) for v in value]
            token = getattr(value, "token", None)
            return made + ["<more>"] if token else made
        if hasattr(value, "to_dict") and type(value).__module__.startswith("pandas"):
            return self(value.to_dict("list"))
        if type(value).__module__.startswith("numpy"):
            return self(value.tolist())
        return self.thing(value)

    def thing(self, value):
        """An object of MLflow's: its properties."""
        if not type(value).__module__.startswith("mlflow"):
            return type(value).__name__
        fields = {k: getattr(value, k) for k in dir(type(value)) if isinstance(getattr(type(value), k), property)}
        skipped = {"workspace", "presigned_upload_url"}
        made = {k: self(v, k) for k, v in sorted(fields.items()) if k not in skipped and not k.startswith("_")}
        return {"is": type(value).__name__, **made}

    def number(self, value, key):
        if isinstance(value, float) and not math.isfinite(value):
            return str(value)
        if isinstance(value, float) and abs(value) > 1.79e308:
            return "inf" if value > 0 else "-inf"
        if abs(value / 1000 - time.time()) < 86_400:
            return "<now>"
        if key in {"duration", "file_size", "model_size_bytes"}:
            return "<some>"
        return value

    def text(self, value, key):
        if key == "experiment_id" or (key.endswith("experiment_id") and value.isdigit()):
            return self.name("experiment", value)
        if RANDOM_NAME.fullmatch(value):
            return "<random>"
        value = value.replace(self.address, "<server>").replace(self.folder, "<folder>")
        value = ID.sub(lambda m: self.name("id", m[0]), value)
        value = ADDRESS.sub(lambda m: m[1] + self.name("experiment", m[2]), value)
        value = re.sub(r"/tmp/\w+/?", "<temporary>", value)
        value = re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?", "<moment>", value)
        return re.sub(r"(\"|')model_size_bytes\1: \d+", "<size>", value)

    def name(self, kind, raw):
        return f"<{kind} {self.names.setdefault((kind, raw), len(self.names))}>"
