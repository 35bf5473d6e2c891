import Git
import Glibc
import Platform
import Support
import SystemPackage
import Testing

@testable import Templates

@Suite("Carrying out an update") struct UpdateApplicationTests {
  private func write(_ tree: RenderedTree, to folder: FilePath) throws {
    for path in tree.paths {
      let place = path.path(in: folder)
      try FileSystem.createDirectory(place.removingLastComponent())
      try tree[path]?.write(to: place)
    }
  }

  /// The files of a project without our own.
  private func files(_ folder: FilePath) throws -> RenderedTree {
    try RenderedTree(reading: folder).filter { !$0.bytes.starts(with: ".reprise/".utf8) }
  }

  private func plan(_ update: RandomUpdate, _ folder: FilePath) throws -> UpdatePlan {
    let base = UpdatePlan.Base.rendered(update.base)
    return try UpdatePlan(
      base: base,
      ours: ProjectSnapshot(of: UpdatePlan.paths(base: base, theirs: update.theirs), in: folder),
      theirs: update.theirs, labels: RandomUpdate.labels)
  }

  @Test(
    "files become what the plan says, and --abort takes it back",
    arguments: 0..<150 as Range<UInt64>)
  func applyAndAbort(seed: UInt64) throws {
    let update = RandomUpdate(seed: seed)
    let folder = try TemporaryFolder()
    try write(update.project, to: folder.path)
    let plan = try plan(update, folder.path)
    #expect(plan == (try update.plan()))
    let open = try UpdateApplication(plan, to: folder.path, title: "test").run()
    #expect(open.count == plan.conflicts.count)
    #expect(try files(folder.path) == plan.applied(to: update.project))
    #expect(FileSystem.exists(UpdateJournal.folder(in: folder.path)) == !open.isEmpty)
    guard !open.isEmpty else { return }
    #expect(throws: Failure.self) {
      try UpdateApplication(plan, to: folder.path, title: "again").run()
    }
    try UpdateJournal.abort(in: folder.path)
    #expect(try files(folder.path) == update.project)
    #expect(!FileSystem.exists(folder.path.appending(".reprise")))
  }

  @Test("permissions beyond the owner's are kept")
  func permissions() throws {
    let folder = try TemporaryFolder()
    try folder.write("a\n", to: "f", mode: 0o600)
    try folder.write("a\n", to: "g", mode: 0o755)
    let (f, g) = (try #require(TreePath("f")), try #require(TreePath("g")))
    let base = RenderedTree([f: RenderedFile("a\n"), g: RenderedFile("a\n", kind: .program)])
    let theirs = RenderedTree([f: RenderedFile("b\n", kind: .program), g: RenderedFile("a\n")])
    let plan = try UpdatePlan(
      base: .rendered(base), ours: ProjectSnapshot(of: [f, g], in: folder.path), theirs: theirs,
      labels: RandomUpdate.labels)
    #expect(plan.steps.map(\.action) == [.change, .mode])
    _ = try UpdateApplication(plan, to: folder.path, title: "test").run()
    #expect(try FileSystem.linkStatus(folder.path.appending("f"))?.mode == 0o700)
    #expect(try FileSystem.linkStatus(folder.path.appending("g"))?.mode == 0o644)
  }

  @Test("a step that fails takes back all that was done")
  func failing() throws {
    guard getuid() != 0 else { return }
    let folder = try TemporaryFolder()
    try folder.write("a\n", to: "a")
    try folder.write("a\n", to: "locked/b")
    let locked = folder.path.appending("locked")
    chmod(locked.string, 0o555)
    defer { chmod(locked.string, 0o755) }
    let (a, b) = (try #require(TreePath("a")), try #require(TreePath("locked/b")))
    let base = RenderedTree([a: RenderedFile("a\n"), b: RenderedFile("a\n")])
    let theirs = RenderedTree([a: RenderedFile("b\n"), b: RenderedFile("b\n")])
    let plan = try UpdatePlan(
      base: .rendered(base), ours: ProjectSnapshot(of: [a, b], in: folder.path), theirs: theirs,
      labels: RandomUpdate.labels)
    #expect(throws: Failure.self) {
      try UpdateApplication(plan, to: folder.path, title: "test").run()
    }
    #expect(try folder.read("a") == "a\n")
    #expect(!FileSystem.exists(folder.path.appending(".reprise")))
  }

  @Test("nothing is written through a link that leads out of the project")
  func links() throws {
    let folder = try TemporaryFolder()
    try FileSystem.createDirectory(folder.path.appending("outside"))
    try FileSystem.createDirectory(folder.path.appending("project"))
    symlink("../outside", folder.path.appending("project/out").string)
    let project = folder.path.appending("project")
    let path = try #require(TreePath("out/file"))
    let plan = try UpdatePlan(
      base: .rendered(RenderedTree()), ours: ProjectSnapshot(of: [path], in: project),
      theirs: RenderedTree([path: RenderedFile("x")]), labels: RandomUpdate.labels)
    #expect(plan.steps.map(\.action) == [.obstructed])
    #expect(try UpdateApplication(plan, to: project, title: "test").run().count == 1)
    #expect(try FileSystem.names(in: folder.path.appending("outside")) == [])
    #expect(
      try folder.read("project/.reprise/update/theirs/out/file") == "x")
  }
}
