import Formats
import Git
import Platform
import Records
import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("Archives of runs, from strangers") struct BundleTests {
  @Test("the record comes back as it was written, and the archive is the same again") func same()
    async throws
  {
    let fixture = try await BundleFixture()
    let bytes = try FileSystem.read(fixture.file)
    #expect(try fixture.take(bytes) == nil)
    #expect(try fixture.take(fixture.archive()) == nil)
    let stored = try fixture.box.store.run(fixture.run.id)
    let record = BundleRecord(stored, experiment: "Default")
    let again = try BundleRecord(JSONValue(parsing: record.json.text()))
    #expect(again.json == record.json)
    #expect(record.contradiction(to: again) == nil)
    _ = try fixture.export().write(to: fixture.file)
    #expect(try FileSystem.read(fixture.file) == bytes)
    #expect(
      try fixture.members().map(\.name).prefix(4) == [
        "README.md", "record/run.json", "record/metrics.jsonl", "code/repository.bundle",
      ])
  }

  @Test("cut off anywhere: refused with one message, and nothing is left") func truncated()
    async throws
  {
    let fixture = try await BundleFixture()
    let bytes = try FileSystem.read(fixture.file)
    for index in 0..<200 {
      let count = bytes.count * index / 200
      let failure = try #require(try fixture.take(Array(bytes[..<count])), "\(count) bytes")
      #expect(failure.code == .parse, "\(count) bytes: \(failure)")
    }
  }

  @Test("a byte that was flipped anywhere: refused with one message, or it did not count")
  func flipped() async throws {
    let fixture = try await BundleFixture()
    let bytes = try FileSystem.read(fixture.file)
    var random = SeededRandom(seed: 7)
    var refused = 0
    for _ in 0..<500 {
      var other = bytes
      let place = Int.random(in: 0..<other.count, using: &random)
      other[place] ^= UInt8.random(in: 1...255, using: &random)
      guard let failure = try fixture.take(other) else { continue }
      refused += 1
      #expect(failure.code != .bug && failure.message.utf8.count < 1000, "\(place): \(failure)")
    }
    // What does not count are times and the like in the headers.
    #expect(refused > 400)
  }

  @Test(
    "names that lead elsewhere, links, and what stands twice are refused",
    arguments: [
      "../evil", "artifacts/../../evil", "/etc/evil", "artifacts/a\\b", "artifacts//a", "./README2",
      "evil", "objects/../x", "objects/ab/cd", "code/x", "record/other.json", "artifacts/./a",
    ])
  func names(name: String) async throws {
    let fixture = try await BundleFixture()
    let failure = try fixture.take(fixture.archive { $0.append((name, [1])) })
    #expect(failure?.code == .parse, "\(failure as Any)")
  }

  @Test(
    "links, folders and names that stand twice, which Python writes",
    arguments: [
      "link('artifacts/link', '/etc/passwd')", "z.writestr('artifacts/folder/', '')",
      "z.writestr('README.md', 'twice')",
      "z.writestr('artifacts/out', 'x'); z.writestr('artifacts/out/in', 'x')",
      "z.writestr('artifacts/unlisted', 'x')",
    ]) func python(line: String) async throws
  {
    let fixture = try await BundleFixture()
    try await Program.shell(
      """
      python3 -W ignore -c "
      import stat, zipfile
      def link(name, target):
          i = zipfile.ZipInfo(name); i.create_system = 3; i.external_attr = (stat.S_IFLNK | 0o777) << 16
          z.writestr(i, target)
      with zipfile.ZipFile('run.zip', 'a') as z:
          \(line)
      "
      """, in: fixture.box.folder.path)
    let failure = try fixture.take(FileSystem.read(fixture.file))
    #expect(failure?.code == .parse, "\(failure as Any)")
  }

  @Test("a bomb is refused before it is unpacked") func bomb() async throws {
    let fixture = try await BundleFixture()
    try await Program.shell(
      """
      python3 -W ignore -c "
      import zipfile
      with zipfile.ZipFile('run.zip', 'a', zipfile.ZIP_DEFLATED) as z:
          z.writestr('artifacts/bomb', bytes(200_000_000))
      "
      """, in: fixture.box.folder.path)
    let failure = try fixture.take(FileSystem.read(fixture.file))
    #expect(failure?.message.contains("unpacks to") == true, "\(failure as Any)")
  }

  @Test("a manifest that lies is refused") func manifest() async throws {
    let fixture = try await BundleFixture()
    let id = fixture.run.id.hex
    let other = String(id.reversed())
    let lies: [(String, (String) -> String)] = [
      ("another run", { $0.replacing(id, with: other) }),
      ("no id", { $0.replacing(id, with: "x") }),
      ("another format", { $0.replacing("reprise-run", with: "run") }),
      ("a later version", { $0.replacing("\"version\":1", with: "\"version\":2") }),
      (
        "a missing member",
        { $0.replacing("\"path\":\"README.md\"", with: "\"path\":\"artifacts/x\"") }
      ),
      ("a size", { $0.replacing("\"size\":", with: "\"size\":1") }),
      (
        "a digest",
        {
          $0.replacing(
            "\"members\":[{\"path\":\"README.md\",\"sha256\":\"",
            with: "\"members\":[{\"path\":\"README.md\",\"sha256\":\"z")
        }
      ),
      (
        "another digest",
        { text in
          let head = "\"path\":\"record/run.json\",\"sha256\":\""
          let parts = text.split(separator: head, maxSplits: 1)
          let digit = parts[1].first == "0" ? "1" : "0"
          return parts[0] + head + digit + parts[1].dropFirst()
        }
      ),
      ("no JSON", { String($0.dropLast()) }), ("an array", { "[\($0)]" }), ("nothing", { _ in "" }),
      ("deep", { _ in String(repeating: "[", count: 100_000) }),
      (
        "another commit",
        {
          $0.replacing("\"commit\":\"", with: "\"commit\":\"0").replacing(
            #""folder":"""#, with: #""folder":"x""#)
        }
      ),
      ("no code", { $0.replacing(#""folder":"""#, with: #""folder":"lib""#) }),
    ]
    for (what, lie) in lies {
      let failure = try fixture.take(fixture.archive(manifest: lie))
      #expect(failure != nil, "\(what)")
      #expect(failure?.code == .parse || failure?.code == .corrupt, "\(what): \(failure as Any)")
    }
  }

  @Test("a record that lies is refused") func record() async throws {
    let fixture = try await BundleFixture()
    let id = fixture.run.id.hex
    let lies: [(String, String, String)] = [
      ("another run", id, String(id.reversed())), ("a path as id", id, "../../../evil"),
      ("a folder above", "\"project\": \"\"", "\"project\": \"../..\""),
      ("a folder of the machine", "\"project\": \"\"", "\"project\": \"/etc\""),
      ("a working folder", "\"working_folder\": \"\"", "\"working_folder\": \"a/../../b\""),
      ("no recipe", "\"recipe\"", "\"receipt\""), ("a status", "FINISHED", "RUNNING"),
      ("no status", "FINISHED", "DONE"), ("a digest", "\"sha256\": \"", "\"sha256\": \"../"),
      ("a kind", "\"kind\": \"file\"", "\"kind\": \"link\""),
      ("no inputs", "\"inputs\": [", "\"in\": ["),
      ("a time", "\"start_time\": ", "\"start_time\": 1e999, \"x\": "),
      ("a NUL", "\"experiment\": \"Default\"", "\"experiment\": \"De\\u0000fault\""),
      ("no experiment", "\"experiment\": \"Default\"", "\"experiment\": \"\""),
    ]
    for (what, from, to) in lies {
      let failure = try fixture.take(
        fixture.archive { members in
          for index in members.indices where members[index].name == "record/run.json" {
            let text = String(decoding: members[index].bytes, as: UTF8.self)
            try #require(text.contains(from), "\(what): \(text)")
            members[index].bytes = Array(text.replacing(from, with: to).utf8)
          }
        })
      #expect(failure != nil, "\(what)")
      #expect(failure?.code == .parse || failure?.code == .invalid, "\(what): \(failure as Any)")
    }
  }

  @Test("points that are none, an object under another name, and a damaged git bundle are refused")
  func parts() async throws {
    let fixture = try await BundleFixture()
    let changes: [(String, String, ([UInt8]) -> [UInt8])] = [
      ("points", "record/metrics.jsonl", { _ in Array("{}\n".utf8) }),
      (
        "points", "record/metrics.jsonl",
        { $0 + Array("{\"key\":\"\",\"value\":1,\"step\":0,\"timestamp\":0}\n".utf8) }
      ),
      ("an object", "objects/", { $0 + [1] }),
      ("code", "code/repository.bundle", { Array($0.dropLast(30)) }),
      ("code", "code/repository.bundle", { $0.map { $0 == 0x50 ? 0x51 : $0 } }),
      ("code", "code/repository.bundle", { _ in [] }),
    ]
    for (what, name, change) in changes {
      let failure = try fixture.take(
        fixture.archive { members in
          let index = try #require(members.firstIndex { $0.name.hasPrefix(name) })
          members[index].bytes = change(members[index].bytes)
        })
      #expect(failure != nil, "\(what)")
      #expect(failure?.code != .bug, "\(what): \(failure as Any)")
    }
  }

  @Test("what describes the run for archives names every file, and what was read and written")
  func crate() async throws {
    let fixture = try await BundleFixture()
    let members = try fixture.members()
    let bytes = try #require(members.first { $0.name == "ro-crate-metadata.json" }).bytes
    let graph = try #require(JSONValue(parsing: bytes)["@graph"]?.array)
    let named = Dictionary(graph.map { ($0["@id"]?.string ?? "", $0) }) { first, _ in first }
    #expect(named.count == graph.count)
    let parts = named["./"]?["hasPart"]?.array?.compactMap { $0["@id"]?.string } ?? []
    #expect(
      Set(parts)
        == Set(members.map(\.name)).subtracting(["reprise.json", "ro-crate-metadata.json"]))
    #expect(
      parts.allSatisfy {
        let type = named[$0]?["@type"]
        return type?.string == "File" || type == ["File", "SoftwareSourceCode"]
      })
    let action = try #require(graph.first { $0["@type"]?.string == "CreateAction" })
    #expect(action["instrument"]?["@id"]?.string == "code/repository.bundle")
    let ids = { (value: JSONValue?) -> [String] in
      (value?.array ?? value.map { [$0] } ?? []).compactMap { $0["@id"]?.string }
    }
    let objects = ids(action["object"])
    #expect(objects.compactMap { named[$0]?["name"]?.string } == ["data.txt"])
    let results = ids(action["result"])
    #expect(
      results.compactMap { named[$0]?["name"]?.string }.first == "out.txt"
        || results.first == objects.first)
    #expect(named["#agent"]?["@type"]?.string == "Person")
    #expect(action["startTime"]?.string?.hasSuffix("+00:00") == true)
  }

  @Test("times as archives want them") func times() {
    #expect(ISOTime.text(0) == "1970-01-01T00:00:00.000+00:00")
    #expect(ISOTime.text(951_782_399_999) == "2000-02-28T23:59:59.999+00:00")
    #expect(ISOTime.text(-1) == "1969-12-31T23:59:59.999+00:00")
  }
}
