import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("Comparing outputs") struct OutputComparisonTests {
  private let comparison = OutputComparison(isCancelled: { false })

  @Test("what only one run has is missing or new")
  func oneSided() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("x", to: "f")
    let none = folder.path.appending("none")
    #expect(try comparison.compare(file, none, name: "f").kind == .missing)
    #expect(try comparison.compare(file, nil, name: "f").kind == .missing)
    #expect(try comparison.compare(none, file, name: "f").kind == .new)
    #expect(try comparison.compare(nil, folder.path, name: "f").reader == "folder")
    #expect(try comparison.compare(nil, none, name: "f").kind == .identical)
    let mixed = try comparison.compare(file, folder.path, name: "f")
    #expect(mixed.detail == "a file became a folder")
  }

  @Test("folders are compared member by member, links as what they point to")
  func folders() throws {
    let folder = try TemporaryFolder()
    for (side, value) in [("a", "0.5"), ("b", "0.6")] {
      try folder.write("same", to: "\(side)/same.txt")
      try folder.write(#"{"auc":\#(value)}"#, to: "\(side)/sub/metrics.json")
      try folder.write("[1, 2]", to: "\(side)/z.json")
      try folder.write(side, to: "\(side)/.reprise/records.db")
      try folder.write(side, to: "\(side)/only-\(side)")
      symlink("same.txt", folder.path.appending("\(side)/link").string)
    }
    try folder.write("[1,2]", to: "b/z.json")
    let (a, b) = (folder.path.appending("a"), folder.path.appending("b"))
    let verdict = try comparison.compare(a, b, name: "out")
    #expect(verdict.kind == .different)
    #expect(verdict.reader == "folder")
    #expect(verdict.memberCount == 6)
    #expect(verdict.differences == 3)
    #expect(verdict.members.map(\.name) == ["only-a", "only-b", "sub/metrics.json", "z.json"])
    #expect(verdict.members.map(\.kind) == [.missing, .new, .different, .equal])
    #expect(verdict.detail == "only-a: is missing")
    #expect(verdict.largestAbsolute.map { abs($0 - 0.1) < 1e-12 } == true)
    #expect(OutputVerdict(verdict.json) == verdict)
    #expect(try JSONValue(parsing: verdict.json.text()) == verdict.json)
    let same = try comparison.compare(a, a, name: "out")
    #expect(same.kind == .identical)
    #expect(same.members == [])
  }

  @Test("links that go round in a circle are a failure")
  func circle() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "a/b/file")
    symlink("..", folder.path.appending("a/b/x").string)
    let path = folder.path.appending("a")
    #expect(throws: Failure.self) { try comparison.compare(path, path, name: "a") }
  }

  @Test("what nobody can read is compared by bytes, with the first that differs")
  func bytes() throws {
    let cases: [([UInt8], [UInt8], String)] = [
      ([0, 1, 2], [0, 1, 3], "byte 2 is the first that differs"),
      ([0, 1, 2], [0, 1], "the first 2 bytes are the same; 3 bytes became 2"),
      ([0, 1], [0, 1, 2, 3], "the first 2 bytes are the same; 2 bytes became 4"),
      ([0xFF, 0xFE], [0xFF, 0xFD, 1], "byte 1 is the first that differs; 2 bytes became 3"),
    ]
    for (old, new, detail) in cases {
      let verdict = try verdict(old, new)
      #expect(verdict.kind == .different)
      #expect(verdict.reader == "bytes")
      #expect(verdict.detail == detail)
    }
  }

  @Test("a pickle's verdict says why equal objects can differ")
  func pickles() throws {
    let verdict = try verdict([0x80, 4, 1, 0x2E], [0x80, 4, 2, 0x2E], named: "a.pkl")
    #expect(verdict.detail?.hasPrefix("byte 2 is the first that differs; pickles") == true)
    #expect(verdict.reader == "bytes")
  }

  @Test("files over the limit are compared by bytes alone, and the verdict says so")
  func limit() throws {
    let folder = try TemporaryFolder()
    let (a, b) = (try folder.write("[1,2]", to: "a"), try folder.write("[1, 2]", to: "b"))
    var limits = ComparisonLimits()
    limits.whole = 4
    let verdict = try OutputComparison(contents(limits)).compare(a, b, name: "a.json")
    #expect(verdict.kind == .different)
    #expect(
      verdict.detail == "byte 3 is the first that differs; 5 bytes became 6; "
        + "files over 4 B are compared by bytes alone")
    limits.whole = 100
    limits.tree = 4
    let text = try OutputComparison(contents(limits)).compare(a, b, name: "a.json")
    #expect(text.reader == "text")
  }

  @Test("long files that differ late are read to there")
  func late() throws {
    let folder = try TemporaryFolder()
    var bytes = [UInt8](repeating: 0xFF, count: 1 << 19 + 7)
    let (a, b) = (folder.path.appending("a"), folder.path.appending("b"))
    try FileSystem.write(bytes, to: a, durable: false)
    #expect(try comparison.compare(a, a, name: "a").kind == .identical)
    bytes[1 << 19 + 3] = 0
    try FileSystem.write(bytes, to: b, durable: false)
    let verdict = try comparison.compare(a, b, name: "a")
    #expect(verdict.detail == "byte 524291 is the first that differs")
  }

  @Test("a comparison that is cancelled ends")
  func cancelled() throws {
    let folder = try TemporaryFolder()
    let (a, b) = (try folder.write("[1,2]", to: "a"), try folder.write("[1, 2]", to: "b"))
    #expect(throws: CancellationError.self) {
      try OutputComparison(isCancelled: { true }).compare(a, b, name: "a")
    }
  }

  @Test("kinds are combined to one word")
  func combined() {
    typealias Kind = OutputVerdict.Kind
    #expect(Kind.combined([]) == .identical)
    #expect(Kind.combined([.identical, .equal]) == .equal)
    for kind in [Kind.different, .missing, .new] {
      #expect(Kind.combined([.equal, kind, .identical]) == .different)
      #expect(!kind.isSame)
    }
  }

  @Test("the tolerance is numpy.allclose's")
  func tolerance() {
    let tolerance = Tolerance(rtol: 0.1, atol: 0.01)
    let cases: [(Double, Double, Bool)] = [
      (1, 1.1, true), (1, 1.12, false), (0, 0.01, true), (0, 0.011, false), (.nan, .nan, true),
      (.nan, 1, false), (.infinity, .infinity, true), (.infinity, -.infinity, false),
      (.infinity, 1e308, false), (1e308, -1e308, false), (0.0, -0.0, true),
    ]
    for (old, new, allowed) in cases {
      #expect(tolerance.allows(old, new) == allowed, "\(old) \(new)")
    }
  }

  @Test("files that are cut off or damaged anywhere never trap", arguments: 1...6)
  func damaged(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let samples: [(String, [UInt8])] = [
      ("a.json", Array(#"{"a":[1,2.5,"x",null,{"b":18446744073709551615}]}"#.utf8)),
      ("a.csv", Array("a,b\n1,\"x\"\n2,\"y\"\"\"\n".utf8)),
      ("a.yaml", Array("a: &x [1, 2]\nb: *x\nc: !!set {d}\n".utf8)),
      ("a.toml", Array("[t]\na = 1979-05-27T07:32:00Z\n".utf8)),
      ("a.ubj", Array("{L\0\0\0\0\0\0\0\u{1}a[$d#L\0\0\0\0\0\0\0\u{1}\0\0\0\0".utf8)),
      ("a.txt", Array("tree\ntree_sizes=1\nTree=0\nleaf_value=1 2\n".utf8)),
      (
        "a.npy",
        npy(
          "{'descr': [('a', '<f8'), ('b', '|S3', (2,))], 'fortran_order': True, 'shape': (2, 2), }",
          56)
      ),
      ("a.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", 12)),
      ("a.pkl", [0x80, 4, 1, 2, 0x2E]),
      ("a.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      ("a.zip", [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18)),
      ("a.parquet", Array("PAR1".utf8) + [21, 0, 0, 0, 4, 0, 0, 0] + Array("PAR1".utf8)),
      ("a.onnx", [8, 7, 18, 1, 0x61, 58, 2, 18, 0]),
    ]
    for (name, sample) in samples {
      for _ in 0..<60 {
        var other = sample
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          guard let place = other.indices.randomElement(using: &random) else { continue }
          switch Int.random(in: 0...3, using: &random) {
          case 0: other.removeSubrange(place...)
          case 1: other.remove(at: place)
          case 2: other.insert(other[place], at: place)
          default: other[place] = UInt8.random(in: 0...255, using: &random)
          }
        }
        let verdict = try contents().compare(sample, other, name: name)
        #expect((verdict.kind == .identical) == (sample == other))
        #expect(verdict == (try contents().compare(sample, other, name: name)))
      }
    }
  }

  private func npy(_ header: String, _ size: Int) -> [UInt8] {
    [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
      + (0..<size).map { UInt8($0) }
  }

  @Test("headers of NumPy's that promise too much are refused")
  func hostileArrays() {
    let shapes = [
      "(9223372036854775807, 2)", "(-1,)", "(1e3,)", "(4611686018427387904,)",
      "(" + String(repeating: "1,", count: 65) + ")",
    ]
    let types = [
      "'|O'", "'<f3'", "[]", "[('a', [], (9999999,))]", "[('a', '<f8', (99999999999,))]",
      "'|V999999999999'",
    ]
    for shape in shapes {
      let file = npy("{'descr': '<f8', 'fortran_order': False, 'shape': \(shape)}", 8)
      #expect(throws: ParseFailure.self) { try NumPyLayout(parsing: file) }
    }
    for type in types {
      let file = npy("{'descr': \(type), 'fortran_order': False, 'shape': (1,)}", 8)
      #expect(throws: ParseFailure.self) { try NumPyLayout(parsing: file) }
    }
  }
}
