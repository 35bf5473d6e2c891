"""Where our answers may differ from MLflow's, and why."""

import math

# What clients and their tests look for in a refusal.
PHRASES = [
    "Missing value for required parameter", "Changing param values is not allowed", "exceeds the maximum length", "No Experiment with id=",
    "Run with id=", "must be in the 'active' state", "Invalid value", "already exists", "not found",
]
LARGEST = 1.7976931348623157e308
# Members that say nothing when they are empty: clients take them as they take absent ones.
EMPTY = {"outputs", "inputs", "data", "params", "tags", "metrics", "description"}


def comparable(answer):
    """An answer in which what has no order stands in one, and what means the same reads the same."""
    if "json" in answer:
        return {**answer, "json": order(answer["json"])}
    headers = answer.get("headers", {})
    if "content-disposition" not in headers and headers:
        # Their guard says `nosniff` on all that it lets through.
        headers = {k: v for k, v in headers.items() if k != "x-content-type-options"}
        return {**answer, "headers": headers}
    return answer


def order(value, name=""):
    if isinstance(value, dict):
        made = {}
        for key, member in value.items():
            # We have no workspaces: all is in the one that MLflow calls `default`. GraphQL's clients want type names.
            if (key, member) == ("workspace", "default") or key == "__typename":
                continue
            member = order(member, key)
            if key in EMPTY and member in ({}, [], ""):
                continue
            made[key] = member
        return made
    if isinstance(value, list):
        made = [order(v) for v in value]
        if name in {"tags", "params", "metrics", "aliases"} and all(isinstance(v, dict) for v in made):
            return sorted(made, key=lambda v: str(v.get("key", v.get("alias"))))
        return sorted(made, key=str) if name == "aliases" else made
    if isinstance(value, float) and abs(value) == LARGEST and math.isfinite(value):
        # MLflow stores the infinite as the largest number; we keep it.
        return "Infinity" if value > 0 else "-Infinity"
    return value


def reason(step, theirs, ours):
    """Why two answers may differ; None when they may not."""
    answer = ours.get("json")
    refused = 400 <= ours["status"] < 500 and isinstance(answer, dict) and "error_code" in answer
    told = theirs.get("json")
    told = told if isinstance(told, dict) else {}
    said, words = str(told.get("message")), str(answer.get("message")) if refused else ""
    if theirs["status"] >= 500 and refused:
        return "MLflow fails with 5xx on what a client sent, we refuse it"
    if refused and "sqlite3." in said:
        return "MLflow tells its SQL to the client"
    if refused and theirs["status"] < 400 and "NUL" in words:
        return "NUL characters are refused"
    if refused and theirs["status"] == ours["status"]:
        if "error_code" not in told:
            return "a path that is not there, or a method: the status is the same, the words are for people"
        if told["error_code"] == answer["error_code"] and all(p in words for p in PHRASES if p in said):
            return "words: the refusal is the same, and what clients look for is in it"
    if step["method"] == "PUT" and theirs["status"] == ours["status"] == 200 and answer == {} and not theirs.get("bytes"):
        return "an upload is answered with {}, as MLflow's own handlers for Flask do"
    if step["path"].endswith("server-info") and theirs["status"] == ours["status"]:
        return "what the server is able to do differs"
    if theirs["status"] in (308, 204) and ours["status"] in (404, 405):
        return "no redirects of doubled slashes, and no answers to OPTIONS: browsers of other sites have no business here"
    return None


def ends(theirs, ours):
    """Whether the two stores differ from here on, so that there is nothing more to compare."""
    return theirs["status"] < 400 <= ours["status"] or theirs["status"] >= 400 > ours["status"]
