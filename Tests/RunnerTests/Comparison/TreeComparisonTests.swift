import Formats
import Testing

@testable import Runner

@Suite("Comparing trees of values") struct TreeComparisonTests {
  @Test(
    "the same values written differently are equal",
    arguments: [
      ("a.json", #"{"a":1,"b":[1.0,2]}"#, #"{ "b": [1, 2], "a": 1 }"#),
      ("a.json", #"{"a":0.1}"#, #"{"a":0.10000000000000001}"#),
      ("a.json", #"{"a":1.0}"#, #"{"a":1.0000000001}"#), ("a.json", "[NaN]", "[NaN ]"),
      ("a.json", #"["é"]"#, #"["\u00e9"]"#),
      ("a.json", "[18446744073709551615]", "[18446744073709551615 ]"),
      ("a.json", #"{"t":"2026-11-22T01:02:03Z"}"#, #"{"t":"2026-11-23T01:02:04Z"}"#),
      ("noending", #"{"a":1}"#, #"{"a": 1}"#),
      ("a.jsonl", "{\"a\":1}\n{\"b\":2}\n", "{\"a\": 1}\n{\"b\":2.0}"),
      ("a.yaml", "a: 1\nb: [x, y]\n", "b:\n- x\n- y\na: 1\n"),
      (
        "MLmodel", "run_id: d41d8cd98f00b204e9800998ecf8427e",
        "run_id: 041d8cd98f00b204e9800998ecf8427a"
      ),
      (
        "MLmodel", "utc_time_created: '2026-11-22 19:04:16.123456'",
        "utc_time_created: '2026-11-22 20:04:16.123456'"
      ),
      ("a.yml", "x: 0.30000000000000004", "x: 0.3"),
      ("a.toml", "a = 1\nb = 2\n", "b = 2\na = 1 # x\n"),
      ("a.yaml", "!!set {a, b}", "!!set {b, a}"),
      ("a.yaml", "---\na: 1\n---\nb: 2\n", "---\n{a: 1}\n---\n{b: 2}\n"),
    ]) func equal(name: String, old: String, new: String) throws
  {
    let verdict = try verdict(old, new, named: name)
    #expect(verdict.kind == .equal, "\(verdict)")
    #expect(verdict.reader != "text" && verdict.reader != "bytes", "\(verdict)")
  }

  @Test(
    "the first difference is named with its place",
    arguments: [
      (
        "a.json", #"{"metrics":{"auc":0.91}}"#, #"{"metrics":{"auc":0.92}}"#,
        "$.metrics.auc: 0.91 became 0.92"
      ),
      ("a.json", #"{"a b":1}"#, #"{"a b":2}"#, #"$["a b"]: 1 became 2"#),
      ("a.json", "[1,2]", "[1,2,3]", "$: a list of 2 became one of 3"),
      ("a.json", "[1,[2]]", "[1,[3]]", "$[1][0]: 2 became 3"),
      ("a.json", #"{"a":1}"#, "{}", "$.a: 1 is missing"),
      ("a.json", "{}", #"{"a":"x"}"#, #"$.a: "x" is new"#),
      ("a.json", #"{"a":1}"#, #"{"a":"1"}"#, #"$.a: 1 became "1""#),
      ("a.json", "[null]", "[0]", "$[0]: null became 0"),
      ("a.json", "[true]", "[false]", "$[0]: true became false"),
      (
        "a.json", "[18446744073709551615]", "[18446744073709551614]",
        "$[0]: 18446744073709551615 became 18446744073709551614"
      ),
      (
        "a.json", "[9007199254740993]", "[9007199254740992]",
        "$[0]: 9007199254740993 became 9007199254740992"
      ),
      ("a.json", "[NaN]", "[1.5]", "$[0]: nan became 1.5"),
      ("a.json", #"["é"]"#, "[\"e\u{301}\"]", nil),
      ("a.json", #"{"a":1,"a":2}"#, #"{"a":1,"a":3}"#, "$.a: 2 became 3"),
      ("a.jsonl", "{\"a\":1}\n{\"b\":2}\n", "{\"a\":1}\n{\"b\":3}\n", "line 2: $.b: 2 became 3"),
      ("a.yaml", "a: 1\nb: x", "a: 1\nb: y", #"$.b: "x" became "y""#),
      ("a.yaml", "d: 2026-11-22", "d: 2026-11-23", "$.d: 2026-11-22 became 2026-11-23"),
      ("a.toml", "[t]\nx = 1.5", "[t]\nx = 2.5", "$.t.x: 1.5 became 2.5"),
      ("a.json", "[0.5]", "[0.5000001]", "$[0]: 0.5 became 0.5000001"),
    ] as [(String, String, String, String?)]) func different(
      name: String, old: String, new: String, detail: String?
    ) throws
  {
    let verdict = try verdict(old, new, named: name)
    #expect(verdict.kind == .different, "\(verdict)")
    if let detail { #expect(verdict.detail == detail) }
    #expect(verdict.differences == 1)
  }

  @Test("what is broken is compared as text, line by line") func broken() throws {
    let verdict = try verdict("{\n\"a\": 1", "{\n\"a\": 2", named: "a.json")
    #expect(verdict.kind == .different)
    #expect(verdict.reader == "text")
    #expect(verdict.detail == "line 2: `\"a\": 1` became `\"a\": 2`")
  }

  @Test("what is nested too deep is compared as text") func deep() throws {
    let deep = String(repeating: "[", count: 5000)
    let verdict = try verdict(deep + "1", deep + "2", named: "a.json")
    #expect(verdict.kind == .different)
    #expect(verdict.reader == "text")
  }

  @Test("settings of XGBoost in texts are numbers") func xgboost() throws {
    let model = { (score: String) in
      #"{"learner":{"learner_model_param":{"base_score":"\#(score)"}},"version":[3,2,0]}"#
    }
    let equal = try verdict(model("5E-1"), model("5.0000000001E-1"), named: "m.json")
    #expect(equal.kind == .equal && equal.reader == "xgboost", "\(equal)")
    let other = try verdict(model("5E-1"), model("6E-1"), named: "m.json")
    #expect(other.kind == .different)
    #expect(other.detail == #"$.learner.learner_model_param.base_score: "5E-1" became "6E-1""#)
  }
}
