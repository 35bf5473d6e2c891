"""Searches by the grammar, and beside it."""

from shapes import T, step

BROKEN = [
    "metrics.loss", "metrics.loss <", "< 1", "metrics.loss = 'x'", "params.depth = 3", "params.depth > '3'", "a OR b", "metrics.loss < 1 OR metrics.loss > 2",
    "NOT metrics.loss < 1", "(metrics.loss < 1)", "metrics.loss < 1;", "metrics.loss < 1 AND", "AND", "AND metrics.loss < 1", "foo.bar = 'x'",
    "attributes.none = 'x'", "status = RUNNING", "tags.team = blue", "start_time = 'x'", "run_id IN ('a'", "run_id IN ()", "run_name IN ('a')",
    "params.depth IN ('3')", "tags.team IS", "tags.team IS NOT", "metrics.loss IS NULL", "params.`depth = '3'", "params.'depth' = '3'", "= = =", "''",
    "metrics. = 1", "tags.team LIKE blue", "tags.team ilike 'B%' and", "metrics.loss = 1e", "metrics.loss = --1", "name = 'x", "metrics.loss=1 metrics.acc=2",
    "'x' = tags.team", "datasets.foo = 'x'", "dataset.name > 'x'", "metrics.loss BETWEEN 1 AND 2", "1 = 1", "tags.team = 'a' -- x", "/* x */", "\u0000", "데이터", "tags.team == 'x'",
    "tags.team <> 'x'", "tags.team = \"blue", "a.b.c = 'x'", "name", "name =", "name LIKE", "name = NULL", "name = 1", "experiment_id = 1", "creation_time = 'x'",
    "version_number = 'x'", "version_number LIKE '1'", "run_id LIKE '%'", "x" * 3000, "tags.a = 'b' AND " * 60 + "tags.a = 'b'",
]
TOKENS = ["x", "", "eyJvZmZzZXQiOiAyfQ==", "eyJvZmZzZXQiOiAtMX0=", "bnVsbA==", "e30=", "eyJvZmZzZXQiOiAieCJ9", "!!!", "한", "eyJvZmZzZXQiOiAyfQ", "W10="]
LIMITS = [1, 2, 3, 5, 100, 1000, 1001, 50000, 50001, 0, -1, "3", "x", None, 2**40, 1.0, True]
TEXTS = ["'red'", "'Blue'", "\"blue\"", "'%'", "'b%'", "'B_%e'", "''", "'b\\_e'", "'x%y'", "'it''s'", "'Ünï'"]
NUMBERS = ["0.5", "1", "-3", "1e0", ".5", "+1", "2.", "0", "1000", "nan", "inf", "1_0"]


def clause(random, kinds):
    """A clause of one of some kinds: the key, its operators and its values."""
    key, operators, values = random.choice(kinds)
    operator = random.choice(operators)
    if random.random() < 0.2:
        operator = operator.lower()
    if operator.upper().endswith("NULL"):
        return f"{key} {operator}"
    if operator.upper().endswith("IN"):
        return f"{key} {operator} ({', '.join(random.choice(values) for _ in range(random.randint(1, 3)))})"
    space = random.choice([" ", " ", " ", "", "  "]) if operator[0] in "=!<>" else " "
    return f"{key}{space}{operator}{space}{random.choice(values)}"


def text(random, kinds, base=None):
    """A filter: clauses joined, now and then a broken one."""
    if random.random() < 0.15:
        return random.choice(BROKEN)
    clauses = [clause(random, kinds) for _ in range(random.choice([0, 1, 1, 1, 2, 3]))]
    if base:
        clauses.insert(0, base)
    return random.choice([" AND ", " and ", " And "]).join(clauses)


def orders(random, keys):
    if random.random() < 0.3:
        return []
    wanted = [random.choice(keys) + random.choice(["", " ASC", " DESC", " asc", "  DESC"]) for _ in range(random.choice([1, 1, 2]))]
    if random.random() < 0.1:
        wanted.append(random.choice(["", " ", "x", "metrics.loss UP", "ASC", "name ASC DESC", "name; DROP", "metrics", "metrics.", "1", "name,name"]))
    return wanted


def fields(random, kinds, keys, limit=0.5, base=None):
    made = {"filter": text(random, kinds, base), "order_by": orders(random, keys)}
    if random.random() < limit:
        made["max_results"] = random.choice(LIMITS)
    if random.random() < 0.1:
        made["page_token"] = random.choice(TOKENS)
    return made


STRING = ["=", "!=", "LIKE", "ILIKE"]
NULLS = [*STRING, "IS NULL", "IS NOT NULL"]
NUMERIC = ["=", "!=", ">", ">=", "<", "<="]
STAMPS = [str(T), str(T + 1), str(T + 2), "0", "9e20", "'x'"]
RUNS = [
    ("metrics.loss", NUMERIC, NUMBERS), ("metric.acc", NUMERIC, NUMBERS), ('metrics."val/loss"', NUMERIC, NUMBERS),
    ("metrics.`val/loss`", NUMERIC, NUMBERS), ("params.depth", NULLS, ["'3'", "'10'", "'deep'", "'%e%'"]), ("param.none", NULLS, TEXTS),
    ("parameters.depth", STRING, ["'3'"]), ("tags.team", NULLS, TEXTS), ("tag.`team`", NULLS, TEXTS), ("tags.mlflow.runName", STRING, ["'alpha'", "'Beta'"]),
    ("run_name", STRING, ["'alpha'", "'BETA'", "'x%y'", "'Ün%'"]), ("attributes.run_name", STRING, ["'alpha'"]), ("`Run name`", STRING, ["'alpha'"]),
    ("status", STRING, ["'RUNNING'", "'FINISHED'", "'running'", "'F%'"]), ("attr.status", STRING, ["'FAILED'"]), ("user_id", STRING, ["'ann'", "'bob'", "''"]),
    ("start_time", NUMERIC, STAMPS), ("attributes.start_time", NUMERIC, STAMPS), ("end_time", NUMERIC, STAMPS), ("created", NUMERIC, STAMPS),
    ("run_id", ["IN", "NOT IN", "=", "!="], ["'{{r}}'", "'{{s1}}'", "'x'"]), ("artifact_uri", STRING, ["'mlflow-artifacts:%'", "'x'"]),
    ("dataset.name", [*STRING, "IN", "NOT IN"], ["'d'", "'D'", "'x'"]), ("datasets.digest", STRING, ["'1a'"]), ("dataset.context", STRING, ["'train'", "'x'"]),
]
RUN_KEYS = [
    "metrics.loss", "metrics.acc", "params.depth", "tags.team", "start_time", "end_time", "run_name", "status", "user_id",
    "Created", "metrics.`val/loss`", "attribute.start_time", "tags.none", "dataset.name", "experiment_id", "name",
]


def run_search(random):
    made = fields(random, RUNS, RUN_KEYS)
    made["experiment_ids"] = random.choice([["{{e}}"]] * 6 + [["{{e}}", "{{gone_e}}"], [], ["999999"], ["x"], ["{{e}}", "{{e}}"]])
    if random.random() < 0.5:
        made["run_view_type"] = random.choice(["ACTIVE_ONLY", "DELETED_ONLY", "ALL", 1, 2, 3, "all", 0])
    return step("runs/search", "POST", made)


def experiment_search(random):
    kinds = [
        ("name", STRING, ["'{{en}}'", "'{{en}}%'", "'E %'", "'none'"]), ("attribute.name", STRING, ["'{{en}}'"]), ("tags.team", NULLS, TEXTS),
        ("tags.`team`", NULLS, TEXTS), ("creation_time", NUMERIC, STAMPS), ("last_update_time", NUMERIC, STAMPS),
        ("experiment_id", ["=", "!=", "IN", "NOT IN"], ["'{{e}}'", "'0'", "'999'"]),
    ]
    keys = ["name", "experiment_id", "creation_time", "last_update_time", "attribute.name", "tags.team", "lifecycle_stage"]
    made = fields(random, kinds, keys, limit=0.9, base="name LIKE '{{en}}%'")
    made.setdefault("max_results", 10)
    if random.random() < 0.5:
        made["view_type"] = random.choice(["ACTIVE_ONLY", "DELETED_ONLY", "ALL", 1, 3, "x"])
    return step("experiments/search", random.choice(["POST", "GET"]), made)


def model_search(random):
    kinds = [
        ("name", [*STRING, "IN"], ["'{{n}}'", "'{{n}}%'", "'N-%'", "'none'"]), ("tags.team", STRING, TEXTS), ("tag.`team`", NULLS, TEXTS),
        ("tag.`mlflow.prompt.is_prompt`", STRING, ["'true'"]), ("description", STRING, TEXTS),
    ]
    keys = ["name", "timestamp", "last_updated_timestamp", "creation_timestamp", "description", "tags.team"]
    return step("registered-models/search", "GET", fields(random, kinds, keys, base="name LIKE '{{n}}%'"))


def version_search(random):
    kinds = [
        ("name", [*STRING, "IN"], ["'{{n}}'", "'{{n}}%'", "'N-%'", "'none'"]), ("run_id", ["=", "!=", "IN", "NOT IN"], ["'{{r}}'", "'x'"]),
        ("source_path", STRING, ["'runs:/%'", "'x'"]), ("version_number", NUMERIC, ["1", "2", "1.5", "'1'"]), ("tags.team", NULLS, TEXTS),
        ("current_stage", STRING, ["'None'"]), ("source", STRING, ["'x'"]),
    ]
    keys = ["name", "version_number", "creation_timestamp", "last_updated_timestamp", "run_id", "version"]
    return step("model-versions/search", "GET", fields(random, kinds, keys, base="name LIKE '{{n}}%'"))


def logged_search(random):
    kinds = [
        ("name", [*STRING, "IN", "NOT IN"], ["'tree'", "'Bush'", "'B%'"]), ("attributes.model_type", STRING, ["'agent'", "''"]), ("status", STRING, ["'READY'", "'PENDING'", "'LOGGED_MODEL_PENDING'"]),
        ("model_id", ["=", "!=", "IN", "NOT IN"], ["'{{m}}'", "'x'"]), ("creation_timestamp", NUMERIC, STAMPS), ("creation_time", NUMERIC, STAMPS),
        ("metrics.m", NUMERIC, NUMBERS), ("params.depth", STRING, ["'3'", "'4'"]), ("tags.team", NULLS, TEXTS), ("source_run_id", STRING, ["'{{r}}'"]),
        ("experiment_id", ["=", "!="], ["'{{e}}'"]),
    ]
    made = fields(random, kinds, ["name"])
    made["experiment_ids"] = random.choice([["{{e}}"]] * 5 + [[], ["999999"], ["{{e}}", "0"]])
    field = random.choice(["name", "creation_timestamp", "metrics.m", "attributes.name", "params.depth", "x", "creation_time"])
    made["order_by"] = random.choice([[], [{"field_name": field}], [{"field_name": field, "ascending": random.choice([True, False])}], [
        {"field_name": "metrics.m", "ascending": True, "dataset_name": random.choice(["d", "x"]), "dataset_digest": "1a"}]])
    if random.random() < 0.2:
        made["datasets"] = random.choice([[{"dataset_name": "d"}], [{"dataset_name": "d", "dataset_digest": "x"}], [{}], []])
    return step("logged-models/search", "POST", made)
