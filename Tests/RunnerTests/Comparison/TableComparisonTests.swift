import SystemPackage
import Testing

@testable import Runner

@Suite("Comparing tables") struct TableComparisonTests {
  @Test(
    "cells are compared by value",
    arguments: [
      ("a.csv", "x,y\n1.0,a\n", "x,y\n1,a\n"),
      ("a.csv", "x,y\n1,a\n", "\"x\",\"y\"\r\n1,\"a\"\r\n"),
      ("a.csv", "x,y\nnan,a\n", "x,y\nNaN,a\n"),
      ("a.csv", "x,y\n0.3,a\n", "x;y\n0.30000000000000004;a\n"),
      ("a.tsv", "x\ty\n1\t2\n", "x\ty\n1.0\t2.0\n"), ("a.csv", "x\n1\n", "x\n\n1\n\n"),
      ("p.csv", "f,y\n/a/p/1.png,0\n", "f,y\n/b/r/1.png,0\n"),
      ("a.csv", "x,y\n  1,2\n", "x,y\n1,2\n"),
    ]) func equal(name: String, old: String, new: String) throws
  {
    let verdict = try verdict(
      old, new, named: name, folders: [("/a/p", "<project>"), ("/b/r", "<project>")])
    #expect(verdict.kind == .equal, "\(verdict)")
    #expect(verdict.reader == "csv")
  }

  @Test(
    "a difference is named with its line and column",
    arguments: [
      ("epoch,loss\n1,0.5\n", "epoch,loss\n1,0.6\n", "line 2, column \"loss\": 0.5 became 0.6"),
      ("1,0.5\n2,0.5\n", "1,0.5\n2,0.6\n", "line 2, column 2: 0.5 became 0.6"),
      ("a,b\nx,y\n", "a,b\nx,z\n", "line 2, column \"b\": \"y\" became \"z\""),
      ("a,b\nx,y\n", "a,c\nx,y\n", "line 1, column 2: \"b\" became \"c\""),
      ("a,b\n1,2\n", "a,b,c\n1,2,3\n", "2 columns became 3"),
      ("a,b\n1,2\n", "a,b\n1,2\n3,4\n", "2 lines became 3"),
      ("a,b\n,2\n", "a,b\n0,2\n", "line 2, column \"a\": \"\" became \"0\""),
      (
        "a,b\n12:03:44,2\n", "a,b\n12:03:45,2\n",
        "line 2, column \"a\": \"12:03:44\" became \"12:03:45\""
      ),
      (
        "a,b\n9007199254740993,2\n", "a,b\n9007199254740992,2\n",
        "line 2, column \"a\": 9007199254740993 became 9007199254740992"
      ),
    ]) func different(old: String, new: String, detail: String) throws
  {
    let verdict = try verdict(old, new, named: "a.csv")
    #expect(verdict.kind == .different)
    #expect(verdict.reader == "csv")
    #expect(verdict.detail == detail)
  }

  @Test("a long table is read to its end") func long() throws {
    let table = { (last: String) in
      "i,v\n" + (0..<5000).map { "\($0),\(Double($0) / 7)\n" }.joined() + "5000,\(last)\n"
    }
    let verdict = try verdict(table("1"), table("2"), named: "a.csv")
    #expect(verdict.differences == 1)
    #expect(verdict.detail == "line 5002, column \"v\": 1 became 2")
  }

  @Test("a table with lines of unlike length is compared as text") func ragged() throws {
    let verdict = try verdict("a,b\n1\n", "a,b\n2\n", named: "a.csv")
    #expect(verdict.reader == "text")
    #expect(verdict.kind == .different)
  }
}
