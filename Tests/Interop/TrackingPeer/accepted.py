"""Where our answers may differ from MLflow's, and why."""

# What clients and their tests look for in a refusal.
PHRASES = [
    "Missing value for required parameter", "Changing param values is not allowed", "exceeds the maximum length", "No Experiment with id=",
    "Run with id=", "must be in the 'active' state", "Invalid value", "already exists", "not found",
]


def sorted_sets(answer):
    """An answer in which what has no order stands in one."""
    return order(answer) if "json" in answer else answer


def order(value, name=""):
    if isinstance(value, dict):
        # We have no workspaces: all is in the one that MLflow calls `default`.
        return {k: order(v, k) for k, v in value.items() if (k, v) != ("workspace", "default")}
    if isinstance(value, list):
        made = [order(v) for v in value]
        if name in {"tags", "params", "metrics", "aliases"} and all(isinstance(v, dict) for v in made):
            return sorted(made, key=lambda v: str(v.get("key", v.get("alias"))))
        return sorted(made, key=str) if name == "aliases" else made
    return value


def reason(step, theirs, ours):
    """Why two answers may differ; None when they may not."""
    refused = 400 <= ours["status"] < 500 and "error_code" in (ours.get("json") or {})
    if theirs["status"] >= 500 and refused:
        return "MLflow fails with 5xx on what a client sent, we refuse it"
    said = str((theirs.get("json") or {}).get("message"))
    if "sqlite3." in said and refused:
        return "MLflow tells its SQL to the client"
    if refused and theirs["status"] == ours["status"] and "json" in theirs:
        same = theirs["json"].get("error_code") == ours["json"]["error_code"]
        if same and all(p in ours["json"]["message"] for p in PHRASES if p in said):
            return "words: the refusal is the same, and what clients look for is in it"
    return None
