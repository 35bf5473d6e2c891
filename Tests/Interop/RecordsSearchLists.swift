import Records

/// Filters and orders that were chosen by hand.
enum RecordsSearchLists {
  /// Both take them and find the same, or both refuse them.
  static let same = [
    "params.order = 'a'", "created > 1", "metrics.2nd > 1", "metrics.'acc' > 0", "metrics.* > 1",
    "metrics.acc > 1.",
    "metrics.acc>.5", "metrics.acc>-.5", "metrics.acc>0x10", "metrics.acc > 0 AND", "AND",
    "AND AND", "  ", "\n",
    "metrics.acc > 0 metrics.loss > 0", "params.alpha='it''s'", "params.alpha='it\\'s'",
    "params.alpha='a\\' AND params.model='c'", "params.alpha = 'a\\b'", "run_id IN ('a','b',)",
    "run_id IN ('a' 'b')",
    "run_id IN ()", "run_id NOT  IN ('a')", "status IN ('FINISHED')", "status IN 'FINISHED'",
    "metrics.acc IS NULL",
    "end_time IS NULL", "dataset.name IS NULL", "\"run_id\"='x'", "`status`='FINISHED'",
    "tags.mlflow.user='alpha'",
    "tags.`a`.b='x'", "tags.team = 'alpha'\u{a0}", "metrics.정확도 > 0", "params.é='a'",
    "metrics.acc.b5>1", "status = 'FAILED'AND status='KILLED'", "status LIKE'F%'",
    "metrics.acc > 1.5e3",
    "metrics.acc > 1e5x", "metrics.acc > 12abc", "params.alpha = `x`", "Params.a='x'",
    "PARAMS.a='x'", "Status='x'",
    "params.alpha= ''", "params.alpha=''''", "params.alpha = \"\"", "params.alpha=\"x'y\"",
    "metrics.acc != nan",
    "metrics.acc > inf", "tags.team in ('x')", "tags.team NOT LIKE 'x'", "tags.team RLIKE 'x'",
    "tags.team <> 'x'",
    "tags.team == 'x'", "params.alpha > '5'", "params.a#b='x'", "params.a$b='x'", "params._a='x'",
    "params.__='x'",
    "metrics.`with space`>0", "metrics.```a``` > 1", "metrics.`` > 1", "metrics.\"\" > 1",
    "metrics.\"`acc`\" > 0",
    "params.a.`b c`='x'", "run_id IN ('a'", "run_name='Swift'", "`Run Name`='Swift'",
    "run.`run name`='Swift'",
    "run name = 'Swift'", "params.limit='1'", "params.asx ='x'", "metrics.begin>1", "metrics.end>1",
    "metrics.acc > 1_000", "metrics.acc>1 -- c", "tags.team = 'x' # y", "metrics.acc > -1",
    "metrics.acc > - 1",
    "metrics.acc > 1e", "metrics.acc>1E5", "metrics.acc > 00012", "metrics.acc > 1.2.3",
    "params.alpha = 'x' AND ;",
    "status = 'FAILED';", "metrics.acc => 1", "metrics.acc > 1, metrics.loss>2",
    "params.alpha LIKE 'x' ESCAPE 'y'",
    "params.alpha = 5", "params.alpha='10' AND (params.model='9')", "(params.alpha='10')",
    "status = 'FAILED' OR status = 'KILLED'",
    "NOT status = 'FAILED'", "status", "status =", "= 'x'", "'x' = status", "status = status",
    "'status' = 'FAILED'",
    "metrics.acc > '1'", "metrics.acc > \"1\"", "start_time > '5'", "start_time LIKE '5'",
    "start_time IN (5)",
    "run_id IN ('a', 5)", "run_id IN (5)", "run_id IN ['a']", "run_id = ('a')",
    "run_id NOT IN 'a'", "run_id NOT ('a')", "lifecycle_stage = 'active'", "experiment_id = '0'",
    "speed > 5",
    "metrics > 5", "params = 'x'", "foo.bar = 'x'", "dataset.foo = 'x'", "dataset.name > 'x'",
    "dataset.digest ILIKE 'D1'",
    "datasets.context IN ('training')", "datasets.context != 'training'", "dataset.name != 'train'",
    "dataset.name NOT IN ('train')", "params.alpha LIKE '%'", "params.alpha LIKE ''",
    "params.alpha ILIKE 'É'",
    "params.alpha ILIKE 'ALPHA'", "params.alpha LIKE 'b\\%a'", "metrics.`val/loss` != 0",
    "metrics.acc = 1e400 AND metrics.acc != 0",
    "start_time > 1004.5", "start_time = 1004.0", "status LIKE 'f%'", "status ILIKE 'f%'",
    "user_id = ''", "user_id != 'ada'",
    "artifact_uri LIKE '%/artifacts'", "WHERE status = 'FAILED'", "SELECT 1",
    "status = 'FAILED' UNION SELECT 1",
    "params.alpha = 'x'; DROP TABLE runs", "params.alpha = '' OR '1'='1'",
  ]

  static let sameOrders = [
    "metrics.acc", "metrics.acc desc", "metrics.acc DESC NULLS LAST", "metrics.`with space` DESC",
    "metrics.\"with space\"", "metrics.'with space' asc", "`a b`", "start_time", "created desc",
    "status, run_id",
    "metrics.acc foo", "dataset.name", "run name", "`run name`", "`Run Name` desc", "run_id",
    "params.order desc",
    "tags.mlflow.user asc", "\"start_time\" desc", "artifact_uri", "user_id",
    "attributes.end_time DESC",
    "metrics.desc", "metrics.asc desc", "asc", "desc", "", "metrics.acc desc desc",
    "metrics.acc b desc",
    "metrics.acc -- x", "(metrics.acc)", "metrics.acc;", "lifecycle_stage", "Metrics.acc",
    "metrics.`a'b` desc",
    "metrics.acc\tdesc", "metrics.acc\ndesc", "source_name", "end_time", "end_time DESC",
    "params.alpha DESC",
    "tags.team", "metrics.nothing DESC", "run_name", "user_id DESC", "status desc",
  ]

  /// MLflow refuses them, for reasons of its SQL tokenizer; we take them.
  static let kinder = [
    "metrics.val/loss > 1", "metrics.a-b > 1", "tags.a:b = 'x'", "params.in = 'a'",
    "params.from='x'", "params.as ='x'",
    "params.case='a'", "metrics.2 > 1", "metrics.a.5 > 1", "metrics.a > 1e+5",
    "tags.a is  not  null", "start_time > 99999999999999999999",
    "tags.in IS NULL", "metrics.a > .5e1",
  ]

  /// MLflow takes them, to no use; we refuse them.
  static let stricter = [
    "metrics. > 1", "params. = 'a'", "metrics.[a b] > 1", "metrics..a > 1",
    "run_id IN ('a', ('b'))", "params.a = '\u{0}'",
  ]

  /// Whether a search that only we refuse is one of the kinds of ``stricter``.
  static func isStricter(_ search: RecordsSearchCase) -> Bool { search.filter.contains("..") }
}
