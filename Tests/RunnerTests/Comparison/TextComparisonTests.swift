import SystemPackage
import Testing

@testable import Runner

@Suite("Comparing texts") struct TextComparisonTests {
  @Test(
    "lines that differ in times, places or within the tolerance are equal",
    arguments: [
      ("a 12:03:44\n", "a 12:05:01\n"), ("took 1s", "took 2.5s"), ("0.5 x", "0.50 x"),
      ("loss 0.1234567890123", "loss 0.1234567890124"), ("a\r\nb", "a\nb\n"), ("a", "a\n"),
      ("10%\r50%\r100% [00:12<00:00]\n", "100% [00:13<00:00]\n"), ("x = 1e3", "x = 1000.0"),
      ("<A at 0x7f3c2c1d5e80>", "<A at 0x7f3c2c1d0000>"), ("|   1.2s |", "|  11.2s |"),
    ]) func equal(old: String, new: String) throws
  {
    let verdict = try verdict(old, new)
    #expect(verdict.kind == .equal, "\(verdict)")
    #expect(verdict.reader == "text")
    #expect(verdict.detail != nil)
  }

  @Test(
    "results are differences",
    arguments: [
      ("loss: 0.5", "loss: 0.6", "line 1: `loss: 0.5` became `loss: 0.6`"),
      ("a\nb\nc\n", "a\nB\nc\n", "line 2: `b` became `B`"),
      ("a\n", "a\nb\n", "line 2: `b` is new"), ("a\nb\nc", "a", "line 2: `b` is missing"),
      ("n 1000000000000", "n 1000000000001", "line 1: `n 1000000000000` became `n 1000000000001`"),
      ("v1.2.3", "v1.20.3", "line 1: `v1.2.3` became `v1.20.3`"),
      ("1.2.3", "1.20.3", "line 1: `1.2.3` became `1.20.3`"),
      ("id 007a", "id 7a", "line 1: `id 007a` became `id 7a`"),
      ("2026-11-22", "2026-11-23", "line 1: `2026-11-22` became `2026-11-23`"),
      (
        "12:03:44 loss 0.5", "12:03:45 loss 0.6",
        "line 1: `12:03:44 loss 0.5` became `12:03:45 loss 0.6`"
      ),
      ("nan", "0.5", "line 1: `nan` became `0.5`"), ("-0.5", "0.5", "line 1: `-0.5` became `0.5`"),
    ]) func different(old: String, new: String, detail: String) throws
  {
    let verdict = try verdict(old, new)
    #expect(verdict.kind == .different)
    #expect(verdict.reader == "text")
    #expect(verdict.detail == detail)
  }

  @Test("the folders of both runs are one") func folders() throws {
    let verdict = try verdict(
      "wrote /a/p/x.txt", "wrote /b/r/x.txt",
      folders: [("/a/p", "<project>"), ("/b/r", "<project>")])
    #expect(verdict.kind == .equal)
  }

  @Test("all lines are counted, and the furthest numbers measured") func counts() throws {
    let verdict = try verdict("a 1.5\nb 2.0\nc\nd", "a 1.25\nb 3.0\nc")
    #expect(verdict.differences == 3)
    #expect(verdict.largestAbsolute == 1)
    #expect(verdict.largestRelative == 0.5)
  }

  @Test("a model of LightGBM is read by value, its sizes left out") func lightGBM() throws {
    let model = { (size: Int, value: String) in
      "tree\nversion=v4\ntree_sizes=\(size)\n\nTree=0\nnum_leaves=2\nleaf_value=0.1 \(value)\n\nend of trees\n"
    }
    let equal = try verdict(model(10, "0.25"), model(11, "0.2500000000001"), named: "m.txt")
    #expect(equal.kind == .equal && equal.reader == "lightgbm", "\(equal)")
    let other = try verdict(model(10, "0.25"), model(10, "0.26"), named: "m.txt")
    #expect(other.kind == .different)
    #expect(
      other.detail
        == "Tree=0, leaf_value: line 7: `leaf_value=0.1 0.25` became `leaf_value=0.1 0.26`"
        || other.detail?.hasPrefix("Tree=0, leaf_value") == true, "\(other)")
  }
}
