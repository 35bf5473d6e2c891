import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// What MLflow recorded comes over whole, and goes back whole: its own client looks at both sides.
@Suite("Moving from MLflow and back", .serialized) struct ExchangeInterop {
  @Test(
    "an installation that MLflow made is the same here, and the same again in a folder of MLflow's",
    arguments: ["sqlite", "folder"])
  func journey(store: String) throws {
    let folder = try TemporaryFolder()
    let result = try journey(store, runs: 60, in: folder)
    #expect(result["import"] == [], "\(result["import"]?.text(.indented) ?? "")")
    for way in [
      "itself", "export", "killed", "through a server", "export to a server", "dry is the same",
    ] {
      #expect(result[way] == [], "\(way): \(result[way]?.text(.indented) ?? "")")
    }
    let counts = try #require(result["counts"])
    let first = try #require(result["first"])
    #expect(first["runs"] == counts["runs"])
    #expect(first["conflict_count"] == 0)
    #expect(first["skipped_count"] == 0)
    #expect(counts["runs"]?.int == 61)
    #expect((counts["points"]?.int ?? 0) > 1000)
    #expect((counts["models"]?.int ?? 0) >= 4)
    // Some ends leave a part of the runs.
    let left = (result["kills"]?.array ?? []).compactMap(\.int)
    #expect(left.contains { $0 > 0 && $0 < 61 }, "\(left)")
    for second in [
      "second", "second, to itself", "second export", "second through a server",
      "second export to a server",
    ] {
      let what = try #require(result[second])
      #expect(what == ["runs": 0, "points": 0, "models": 0, "files": 0, "conflicts": 0])
    }
  }

  private func journey(
    _ store: String, runs: Int, in folder: TemporaryFolder
  ) throws -> JSONValue {
    let scripts = Program.repository.appending("Tests/Interop/ExchangePeer")
    let base = folder.path.string
    let status = system(
      """
      cd '\(base)' && '\(try Peer.python)' -B -W ignore '\(scripts)/journey.py' '\(Program.path)' '\(base)' \
      \(runs) \(store) > said 2>&1 < /dev/null
      """)
    let said = try FileSystem.read(folder.path.appending("said"))
    try #require(status == 0, "\(String(decoding: said, as: UTF8.self))")
    return try JSONValue(parsing: folder.read("result.json"))
  }
}
