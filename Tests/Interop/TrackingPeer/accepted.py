"""Where our answers may differ from MLflow's, and why."""


def sorted_sets(answer):
    """An answer in which what has no order stands in one."""
    return order(answer) if "json" in answer else answer


def order(value, name=""):
    if isinstance(value, dict):
        return {k: order(v, k) for k, v in value.items()}
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
    return None
