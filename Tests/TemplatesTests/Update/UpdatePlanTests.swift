import Git
import Support
import Testing

@testable import Templates

@Suite("Planning an update") struct UpdatePlanTests {
  private func tree(_ files: [String: String]) throws -> RenderedTree {
    var tree = RenderedTree()
    for (name, text) in files { tree[try #require(TreePath(name))] = RenderedFile(text) }
    return tree
  }

  private func step(
    base: [String: String], project: [String: String], new: [String: String], at path: String
  ) throws -> UpdateStep {
    let plan = try UpdatePlan(
      base: .rendered(tree(base)), ours: ProjectSnapshot(tree(project)), theirs: tree(new),
      labels: RandomUpdate.labels)
    return try #require(plan.steps.first { $0.path.description == path })
  }

  @Test(
    "each way in which three versions can differ",
    arguments: [
      ("a\n", "a\n", "a\n", .keep), (nil, nil, "a\n", .add), ("a\n", "a\n", "b\n", .change),
      ("a\n", "b\n", "a\n", .keep), ("a\n", "b\n", "b\n", .keep),
      ("1\n2\n3\n4\n5\n", "0\n2\n3\n4\n5\n", "1\n2\n3\n4\n6\n", .merge),
      ("a\n", "b\n", "c\n", .conflict), ("a\n", "a\n", nil, .delete),
      ("a\n", nil, "a\n", .staysDeleted), ("a\n", nil, "b\n", .staysDeleted),
      (nil, "a\n", "b\n", .bothAdded), (nil, "a\n", "a\n", .keep),
      ("a\n", "b\n", nil, .deletedByTemplate), ("\u{0}a", "\u{0}b", "\u{0}c", .binaryConflict),
      ("\u{0}a", "\u{0}a", "\u{0}c", .change), ("a\nb\n", "a\r\nb\r\n", "a\nc\n", .change),
      ("a\nb\n", "a\r\nb\r\n", nil, .delete), ("a\nb\n", "a\r\nb\r\n", "a\nb\n", .keep),
    ] as [(String?, String?, String?, UpdateAction)])
  func actions(base: String?, project: String?, new: String?, action: UpdateAction) throws {
    func files(_ text: String?) -> [String: String] {
      var files = ["other": "stays\n"]
      files["f"] = text
      return files
    }
    let step = try step(base: files(base), project: files(project), new: files(new), at: "f")
    #expect(step.action == action)
  }

  @Test("a project with the line ends of Windows keeps them")
  func lineEnds() throws {
    let step = try step(
      base: ["f": "1\n2\n3\n4\n5\n"], project: ["f": "mine\r\n2\r\n3\r\n4\r\n5\r\n"],
      new: ["f": "1\n2\n3\n4\nnew\n"], at: "f")
    #expect(step.action == .merge)
    #expect(step.outcome == .write(RenderedFile("mine\r\n2\r\n3\r\n4\r\nnew\r\n")))
  }

  @Test("a file that the template moved takes the project's changes with it")
  func rename() throws {
    let old = (1...10).map { "line \($0)\n" }.joined()
    let step = try step(
      base: ["old/name.py": old], project: ["old/name.py": "mine\n" + old],
      new: ["new/name.py": old + "more\n"], at: "new/name.py")
    #expect(step.action == .rename)
    #expect(step.renamedFrom?.description == "old/name.py")
    #expect(step.outcome == .write(RenderedFile("mine\n" + old + "more\n")))
  }

  @Test("a file that the project deleted does not come back under another name")
  func deletedRename() throws {
    let old = (1...10).map { "line \($0)\n" }.joined()
    let step = try step(
      base: ["a": old, "z": ""], project: ["z": ""], new: ["b": old, "z": ""], at: "b")
    #expect(step.action == .staysDeleted)
  }

  @Test("a folder may take the place of a file, and a file that of a folder")
  func places() throws {
    let plan = try UpdatePlan(
      base: .rendered(tree(["a": "1\n", "b/c": "2\n"])),
      ours: ProjectSnapshot([
        #require(TreePath("a")): .file(RenderedFile("1\n")),
        #require(TreePath("a/x")): .below(#require(TreePath("a"))),
        #require(TreePath("b")): .folder([#require(TreePath("b/c"))]),
        #require(TreePath("b/c")): .file(RenderedFile("2\n")),
      ]), theirs: tree(["a/x": "new\n", "b": "file\n"]), labels: RandomUpdate.labels)
    #expect(plan.conflicts.isEmpty)
    #expect(plan.steps.map(\.action) == [.delete, .add, .add, .delete])
  }

  @Test("what the project keeps in the way stays, and the template's file is a conflict")
  func obstructed() throws {
    let plan = try UpdatePlan(
      base: .rendered(tree([:])),
      ours: ProjectSnapshot([
        #require(TreePath("b")): .folder([#require(TreePath("b/mine"))])
      ]), theirs: tree(["b": "file\n"]), labels: RandomUpdate.labels)
    #expect(plan.steps.map(\.action) == [.obstructed])
    #expect(plan.steps.map(\.outcome) == [.leave])
  }

  @Test("without the old version only what was recorded decides")
  func recorded() throws {
    let base = try tree(["same": "1\n", "mine": "1\n", "new": "1\n", "both": "1\n"])
    let plan = try UpdatePlan(
      base: .recorded(base.prints),
      ours: ProjectSnapshot(tree(["same": "1\n", "mine": "2\n", "new": "1\n", "both": "2\n"])),
      theirs: tree(["same": "1\n", "mine": "1\n", "new": "3\n", "both": "3\n"]),
      labels: RandomUpdate.labels)
    #expect(plan.steps.map(\.action) == [.conflict, .keep, .change, .keep])
  }

  @Test("an update to the same version changes nothing", arguments: 0..<300 as Range<UInt64>)
  func same(seed: UInt64) throws {
    var update = RandomUpdate(seed: seed)
    update.theirs = update.base
    let plan = try update.plan()
    #expect(plan.isEmpty)
    #expect(plan.applied(to: update.project) == update.project)
  }

  @Test("a project without changes becomes the new version", arguments: 0..<300 as Range<UInt64>)
  func untouched(seed: UInt64) throws {
    var update = RandomUpdate(seed: seed)
    update.project = update.base
    let plan = try update.plan()
    #expect(plan.conflicts.isEmpty)
    #expect(plan.applied(to: update.project) == update.theirs)
  }

  @Test("no line that the project wrote is lost", arguments: 0..<1000 as Range<UInt64>)
  func linesStay(seed: UInt64) throws {
    let update = RandomUpdate(seed: seed)
    let plan = try update.plan()
    let result = plan.applied(to: update.project)
    let moved = Dictionary(
      plan.steps.compactMap { step in step.renamedFrom.map { ($0, step.path) } },
      uniquingKeysWith: { first, _ in first })
    for (path, file) in update.project.files {
      let there = result[path] ?? moved[path].flatMap { result[$0] }
      let old = update.base[path]
      if old?.content == file.content { continue }
      guard let there else {
        Issue.record("seed \(seed): \(path) is gone")
        continue
      }
      if file.kind == .link || FileMerge.isBinary(file.content) {
        #expect(there.content == file.content, "seed \(seed): \(path)")
        continue
      }
      // Every line that the project has and the template had not.
      let known = Set(lines(old?.content ?? []))
      let left = Set(lines(there.content))
      for line in lines(file.content) where !known.contains(line) {
        #expect(
          left.contains(line), "seed \(seed): \(path) lost \(String(decoding: line, as: UTF8.self))"
        )
      }
    }
  }

  /// The lines of a text, without their ends.
  private func lines(_ content: [UInt8]) -> [[UInt8]] {
    content.split(separator: 0x0A).map { $0.last == 0x0D ? Array($0.dropLast()) : Array($0) }
  }
}
