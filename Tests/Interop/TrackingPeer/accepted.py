"""Where our answers may differ from MLflow's, and why."""

import json
import math

# What clients and their tests look for in a refusal.
PHRASES = [
    "Missing value for required parameter", "Changing param values is not allowed", "exceeds the maximum length", "No Experiment with id=",
    "Run with id=", "must be in the 'active' state", "Invalid value", "already exists", "not found",
]
NOTHING = (None, "", [], {})
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
        return sorted(made, key=str) if name in {"aliases", "dataset_inputs", "model_inputs", "model_outputs", "latest_versions"} else made
    if isinstance(value, float) and abs(value) == LARGEST and math.isfinite(value):
        # MLflow stores the infinite as the largest number; we keep it.
        return "Infinity" if value > 0 else "-Infinity"
    return value


def code(answer):
    """The code of a refusal; None for any other answer."""
    value = answer.get("json")
    return value.get("error_code") if answer["status"] >= 400 and isinstance(value, dict) else None


def message(answer):
    value = answer.get("json")
    return str(value.get("message")) if isinstance(value, dict) else answer.get("text", "")


def reason(step, theirs, ours):
    """Why two answers may differ; None when they may not."""
    refused = 400 <= ours["status"] < 500 and code(ours) is not None
    if theirs["status"] >= 500:
        # Of what fails with MLflow, a few things have an answer.
        return "MLflow fails with 5xx on what a client sent, we do not" if ours["status"] < 500 else None
    if "sqlite3." in message(theirs):
        return "MLflow tells its SQL to the client" if refused or ours["status"] == 200 else None
    if "/graphql" in step["path"]:
        return graph_reason(theirs, ours)
    if step["path"] == "experiments/search-datasets" and theirs["status"] == 404:
        return "datasets are searched under both prefixes"
    if theirs["status"] in (308, 204) and ours["status"] in (404, 405):
        return "no redirects of doubled slashes, and no answers to OPTIONS: other sites have no business here"
    if refused and theirs["status"] >= 400:
        return both_refused(step["path"], theirs, ours)
    if refused:
        return stricter(step, ours)
    return kinder(step, theirs, ours)


def both_refused(path, theirs, ours):
    said, words = message(theirs), message(ours)
    if code(theirs) is None:
        # The pages of Flask and FastAPI: `Not Found` and `Method Not Allowed`, and paths that are folders.
        if "%0A" in path and (theirs["status"], ours["status"]) == (404, 400):
            return "a path of artifacts has no line ends: that is told, and no path of MLflow's"
        if "must include a filename" in str(theirs.get("json")) and "must include a filename" in words:
            return "words: the refusal is the same, and what clients look for is in it"
        return "a path or a method that is not there: the words are for people" if theirs["status"] == ours["status"] else None
    if code(theirs) == code(ours) and theirs["status"] == ours["status"]:
        if "current state is deleted" in said.lower() and "current state" not in words.lower():
            return "two things are wrong: the other one is told first"
        if "NUL" in words:
            return "NUL characters are refused"
        if "Invalid experiment ID" in words and ("current state is deleted" in said.lower() or "exceeds the maximum" in said):
            return "what is no number is no experiment, whatever else is wrong"
        known = all(p in words for p in PHRASES if p in said) or "page token" in words or "expected a" in words
        return "words: the refusal is the same, and what clients look for is in it" if known else None
    if {code(theirs), code(ours)} == {"INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST"}:
        return "two things are wrong: the other one is told first"
    if "must be a JSON object" in words and code(ours) == "BAD_REQUEST":
        return "a body is an object, once or twice read, also where only the query counts"
    if path.startswith("logged-models/") and "'model_id'" in said:
        return "a logged model is named by the path"
    return None


def stricter(step, ours):
    """Requests that MLflow takes and we refuse: each by what we say."""
    words = message(ours)
    for part, why in [
        ("NUL", "NUL characters are refused"), ("resolve to '.'", "empty names are refused everywhere, not at most places"),
        ("Value was of type 'bool'", "a boolean is no number"), ("Value was of type 'str'", "a fraction is no whole number"),
        ("name cannot be empty", "a dataset has a name"), ("digest cannot be empty", "a dataset has a digest"),
        ("expected a name", "a metric has a name"), ("expected a number", "`1_0` is no number"), ("must be a JSON object", "a body is an object"), ("Content-Type", "the type of a body is looked at for every method"),
        ("it must be one of LOGGED_MODEL", "a status that there is not is refused"), ("must be a positive integer", "a negative limit is refused"), ("Invalid page token", "a negative offset is refused"), ("Invalid experiment ID", "what is no number is no experiment"),
    ]:
        if part in words:
            return why
    if "Invalid path" in words and any(k == "path" and v in (".", "/") for k, v in step.get("query", [])):
        return "a path of artifacts is not `.`"
    if "Invalid path" in words and ("%5c" in step["path"].lower() or "\\" in str(step.get("query", []))):
        return "a path of artifacts has no backslash, which leads elsewhere where it is unpacked on Windows"
    if "Invalid path" in words and "mlflow-artifacts" in step["path"] and ("//" in step["path"][1:] or "%ff" in step["path"] or "%00" in step["path"]):
        return "a path of artifacts has no empty names and no NUL, and is UTF-8"
    return None


def kinder(step, theirs, ours):
    """Requests that MLflow refuses, or answers otherwise, and we answer."""
    said, path = message(theirs), step["path"]
    if path.endswith("upload-artifact") and (theirs.get("json"), ours.get("json")) == ("not JSON: ", {}):
        return "an upload is answered with {}, as MLflow's own handlers for Flask do"
    if step["method"] == "PUT" and theirs["status"] == 200 and ours.get("json") == {} and not theirs.get("bytes"):
        return "an upload is answered with {}, as MLflow's own handlers for Flask do"
    if path.endswith("server-info") and theirs["status"] == ours["status"]:
        return "what the server is able to do differs"
    if step["path"].endswith(".PY") and ours.get("headers", {}).get("content-type") == "application/octet-stream":
        return "a file whose ending has capitals is bytes: no browser runs it"
    if said == "Invalid path" and any(c in step["path"] + str(step.get("query")) for c in ("%23", "#")):
        return "a name of a file may hold `#`, also as `%23`"
    if "%25" in path or "x%20y" in json.dumps(ours.get("json")) or "dog%" in json.dumps(ours.get("json")):
        return "a name of a file that holds `%20` stays as it is: MLflow decodes it again"
    if "Range" in step.get("headers", {}) and ours["status"] == 200:
        return "a range in no bytes is no range (RFC 9110, section 14.2)"
    if "Invalid comparator" in said and any(w in said for w in ("like", "ilike", "'in'", "'not in'", ": in", ": not in")):
        return "comparators may be written small"
    if path == "registered-models/search" and "Invalid order by key" in said and "timestamp" in str(step):
        return "registered models are ordered by the names of their own fields too"
    if step["method"] == "GET" and ("body" in step or "raw" in step):
        return "fields in the body of a GET count everywhere"
    named = isinstance(step.get("body"), dict) and "model_id" in step["body"]
    if "\\ud800" in json.dumps(step) or "\ufffd" in json.dumps(ours.get("json"), ensure_ascii=False):
        return "half a surrogate pair is U+FFFD: MLflow drops what follows it"
    if path.startswith("logged-models/") and ("'model_id'" in said or named or dict(step.get("query", [])).get("artifact_directory_path") == " "):
        return "a logged model is named by the path, and a folder by its whole name"
    if path == "/health":
        return "health is answered whatever the method"
    if path.endswith("/search") and "{{" not in text_of(step, "filter") and theirs["status"] == ours["status"]:
        return "a search through everything, also what is of sequences that ended early"
    if path == "logged-models/search" and '"dataset_name": "d"}' in json.dumps(step):
        return "a dataset without a digest is any digest of it, as MLflow documents and does not do"
    if path.endswith("get-history-bulk") and str(dict(step.get("query", [])).get("max_results")).startswith("-"):
        return "a negative limit takes all: MLflow leaves the last out"
    if path.endswith("get-history-bulk") and '"NaN"' in json.dumps(ours.get("json")):
        return "NaN is a text in JSON, which has no such number"
    if "model_uuid" in json.dumps(theirs.get("json")) and "model_uuid" not in json.dumps(ours.get("json")):
        return "the history of models keeps what was sent"
    return None


def text_of(step, name):
    """A field of a request, wherever it stands."""
    body = step.get("body") if isinstance(step.get("body"), dict) else {}
    return str(dict(step.get("query", [])).get(name) or body.get(name) or "")


def graph_reason(theirs, ours):
    """GraphQL without an engine: it answers with whole objects, of which clients take what they asked for."""
    first, second = theirs.get("json"), ours.get("json")
    if not isinstance(first, dict) or not isinstance(second, dict):
        return None
    if first.get("errors"):
        return "GraphQL: refused, in other words" if second.get("errors") else None
    if "Missing value" in str(second.get("errors")):
        return "GraphQL: nothing is asked for by an absent id, with MLflow it is the experiment 0"
    if "mlflowGetMetricHistoryBulkInterval" in (first.get("data") or {}) and not second.get("errors"):
        return "GraphQL: points are thinned to the number that was asked for, which MLflow does not see"
    if within(first.get("data"), second.get("data")):
        return "GraphQL: whole objects"
    return None


def within(asked, whole):
    """Whether all that was asked for is in the answer."""
    if isinstance(asked, dict):
        return isinstance(whole, dict) and all(within(v, whole.get(k)) for k, v in asked.items())
    if isinstance(asked, list):
        return isinstance(whole, list) and len(asked) == len(whole) and all(map(within, asked, whole))
    # The end of a run that goes on is 0 with MLflow, and absent with us.
    return asked == whole or (asked in (*NOTHING, "0") and whole in NOTHING)


def ends(theirs, ours):
    """Whether the two stores differ from here on, so that there is nothing more to compare."""
    return theirs["status"] < 400 <= ours["status"] or theirs["status"] >= 400 > ours["status"]
