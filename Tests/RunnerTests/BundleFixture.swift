import Formats
import Git
import Platform
import Records
import Support
import SystemPackage
import Testing

@testable import Runner

/// A small run that was archived, and ways to lie in its archive.
struct BundleFixture {
  let box: Sandbox
  let run: Run
  /// The archive.
  let file: FilePath

  init() async throws {
    box = try Sandbox(
      """
      name: small
      entry_points:
        main:
          command: "cat data.txt > out.txt; cat metric.jsonl >> $REPRISE_METRICS"
          inputs: [data.txt]
          outputs: [out.txt]

      """)
    try box.folder.write("1\n", to: "data.txt")
    try box.folder.write("{\"key\": \"a\", \"value\": 1.5}\n", to: "metric.jsonl")
    try box.folder.write("*.txt\n", to: ".gitignore")
    try await Program.shell(
      "git init -q -b main . && git add -A && git commit -qm one", in: box.folder.path)
    run = try await box.run().run
    file = box.folder.path.appending("run.zip")
    _ = try export().write(to: file)
  }

  func export(_ options: BundleExport.Options = BundleExport.Options()) throws -> BundleExport {
    let store = try box.store
    let origin = try ReplayOrigin(
      store.run(run.id), store: store, records: box.records, folders: [box.folder.path])
    return BundleExport(
      origin, options, data: nil,
      replayOptions: ReplayOptions(variables: box.variables, workingFolder: box.folder.path),
      announce: { _ in }, progress: Sandbox.Silent())
  }

  /// The members with their contents, in the order of the archive.
  func members() throws -> [(name: String, bytes: [UInt8])] {
    let zip = try ZipArchive(file)
    return try zip.entries.map { ($0.name, try zip.content(of: $0)) }
  }

  /// An archive with other members, whose manifest says the truth of them but for what is changed in it.
  func archive(
    _ change: (inout [(name: String, bytes: [UInt8])]) throws -> Void = { _ in },
    manifest edit: (String) -> String = { $0 }
  ) throws -> [UInt8] {
    var members = try members()
    let last = members.popLast()
    let old = try #require(last)
    try change(&members)
    var json = try JSONValue(parsing: old.bytes)
    let listed = members.map { name, bytes in
      JSONValue.object([
        .init("path", .string(name)), .init("sha256", .string(SHA256.digest(of: bytes).hex)),
        .init("size", .int(Int64(bytes.count))),
      ])
    }
    json = .object(
      (json.members ?? []).map { $0.key == "members" ? .init("members", .array(listed)) : $0 })
    let made = box.folder.path.appending("made.zip")
    try ZipWriter.write(to: made) { zip in
      for (name, bytes) in members { try zip.add(name, bytes) }
      try zip.add("reprise.json", Array(edit(json.text()).utf8))
    }
    return try FileSystem.read(made)
  }

  /// Takes an archive into new records; the failure when it was refused, and then nothing is left of it.
  func take(_ bytes: [UInt8]) throws -> Failure? {
    let folder = try TemporaryFolder()
    let file = folder.path.appending("run.zip")
    try FileSystem.write(bytes, to: file)
    let records = RecordsFolder(folder.path.appending(".reprise"))
    do {
      let taken = try BundleTakeover(into: records, progress: Sandbox.Silent()).take(file)
      // What was taken is what was archived.
      let store = try RecordStore(readingIn: records.path)
      let there = try store.run(taken.run)
      #expect(taken.run == run.id)
      #expect(there.inputs == run.inputs && there.outputs == run.outputs)
      #expect(there.params == run.params && there.environment == run.environment)
      #expect(try store.history(of: "a", in: there.id).map(\.value) == [1.5])
      #expect(try FileSystem.names(in: records.path.appending("cache/tmp")) == [])
      return nil
    } catch let failure as Failure {
      #expect(try FileSystem.names(in: folder.path) == ["run.zip"], "\(failure)")
      return failure
    }
  }
}
