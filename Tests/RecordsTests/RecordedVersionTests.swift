import Platform
import Support
import Testing

@testable import Records

@Suite("Versions of data on record") struct RecordedVersionTests {
  private func version(
    _ role: RecordedFile.Role = .input, _ path: String = "data/a.csv", _ digest: String = "d1",
    change: (inout RecordedVersion) -> Void = { _ in }
  ) -> RecordedVersion {
    var version = RecordedVersion(
      role: role, path: path, digest: digest, size: 7, fileCount: 2, pointer: path + ".dvc",
      version: digest, commit: String(repeating: "c", count: 40))
    change(&version)
    return version
  }

  @Test("what was recorded is read back, inputs first")
  func roundTrip() throws {
    let store = try StoreFixture()
    let id = try store.run()
    let all = [
      version(.output, "out.csv", "d9") { $0.isModified = true },
      version(.input, "z.csv", "d2") {
        $0.isModified = true
        $0.earlierVersion = "d2"
        $0.earlierCommit = "e"
      }, version(.input, "data/a.csv") { $0.commit = nil },
      version(.input, "new.csv", "d3") { $0.version = nil },
    ]
    try store.store.record(data: all, for: id)
    let told = try store.store.run(id).data
    #expect(told == [all[2], all[3], all[1], all[0]])
    // Runs of one experiment share a dataset, not what is told of its use.
    let other = try store.run()
    try store.store.record(data: [version { $0.isModified = true }], for: other)
    #expect(try store.store.run(other).data == [version { $0.isModified = true }])
    #expect(try store.store.run(id).data == told)
  }

  @Test("a version that is read and written stands there in both roles; the last word counts")
  func both() throws {
    let store = try StoreFixture()
    let id = try store.run()
    try store.store.record(data: [version { $0.isModified = true }], for: id)
    try store.store.record(data: [version(.output)], for: id)
    #expect(
      try store.store.data(of: id) == [version { $0.isModified = true }, version(.output)])
    try store.store.record(data: [version()], for: id)
    #expect(try store.store.data(of: id) == [version(), version(.output)])
    #expect(try store.store.datasets(of: id).count == 1)
  }

  @Test("MLflow's search finds the runs, and its clients' datasets are no versions")
  func search() throws {
    let store = try StoreFixture()
    try store.store.record(data: [version()], for: try store.run("a"))
    try store.store.record(data: [version(.output)], for: try store.run("b"))
    try store.store.log(
      datasets: [DatasetInput(name: "data/a.csv", digest: "d1", sourceType: "local", source: "{}")],
      to: try store.run("c"))
    #expect(try store.names("dataset.digest = 'd1'").sorted() == ["a", "b", "c"])
    #expect(try store.names("dataset.context = 'training'") == ["a"])
    #expect(try store.names("dataset.context = 'output'") == ["b"])
    #expect(try store.store.uses(ofData: ["d1"]).map(\.runName).sorted() == ["a", "b"])
  }

  @Test(
    "who used a version: its content, a part of it, or once more later; never what was modified")
  func uses() throws {
    let store = try StoreFixture()
    let wanted = "v1.dir"
    let cases: [(String, RecordedVersion)] = [
      ("whole", version(.input, "d", wanted)),
      ("part", version(.input, "d/a", "p1") { $0.version = wanted }),
      ("changed", version(.input, "d/a", "p2") { ($0.version, $0.isModified) = (wanted, true) }),
      ("made", version(.output, "d", wanted) { ($0.version, $0.isModified) = ("v0.dir", true) }),
      (
        "earlier",
        version(.input, "d/a", "p1") {
          ($0.version, $0.isModified, $0.earlierVersion) = ("v2.dir", true, wanted)
        }
      ),
      ("other", version(.input, "d", "v2.dir")),
      ("gone", version(.input, "d", wanted)),
    ]
    for (index, (name, data)) in cases.enumerated() {
      let id = try store.run(name, at: Int64(index))
      try store.store.record(data: [data], for: id)
      if name == "gone" { try store.store.delete([id]) }
    }
    let uses = try store.store.uses(ofData: [wanted])
    #expect(uses.map(\.runName) == ["earlier", "made", "part", "whole"])
    #expect(uses.map(\.data) == [cases[4].1, cases[3].1, cases[1].1, cases[0].1])
    #expect(uses.first?.startTime == 4)
    #expect(try store.store.uses(ofData: [wanted, "v2.dir"]).map(\.runName).contains("other"))
    #expect(try store.store.uses(ofData: []).isEmpty)
    #expect(try store.store.uses(ofData: ["p1"]).map(\.runName) == ["earlier", "part"])
  }

  @Test("purged with the run; a path that is too long for MLflow is refused as a whole")
  func edges() throws {
    let store = try StoreFixture()
    let id = try store.run()
    let long = version(.input, String(repeating: "x", count: 501))
    #expect(throws: Failure.self) { try store.store.record(data: [version(), long], for: id) }
    #expect(try store.store.data(of: id).isEmpty)
    try store.store.record(data: [version()], for: id)
    try store.store.delete([id])
    _ = try store.store.purge([id])
    #expect(try store.store.uses(ofData: ["d1"]).isEmpty)
  }
}
