import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// Archives that we write: other programs read them, and the same members give the same bytes.
@Suite("Zip archives that are written") struct ZipWriterTests {
  /// Bytes that no packing makes smaller.
  private static func noise(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
  }

  private static let members: [(name: String, bytes: [UInt8])] = [
    ("empty", []), ("one", [65]),
    ("text.csv", Array((0..<60_000).map { "\($0),\($0 * 7)\n" }.joined().utf8)),
    ("noise", noise(700_000, seed: 1)),
    // Noise at first, and then not.
    ("mixed", noise(300_000, seed: 2) + [UInt8](repeating: 7, count: 300_000)),
    ("zeros", [UInt8](repeating: 0, count: 3_000_000)),
    ("폴더/데이터 ü.txt", Array("x\n".utf8)), ("deep/er/name.json", Array("{}".utf8)),
  ]

  private func write(_ folder: TemporaryFolder, _ name: String = "made.zip") throws -> FilePath {
    let file = folder.path.appending(name)
    try ZipWriter.write(to: file) { zip in
      for (name, bytes) in Self.members { try zip.add(name, bytes) }
    }
    return file
  }

  @Test("Python's zipfile and unzip read what we write, and so do we")
  func others() async throws {
    let folder = try TemporaryFolder()
    let file = try write(folder)
    let archive = try ZipArchive(file)
    #expect(try archive.files().map(\.name) == Self.members.map(\.name))
    for (entry, member) in zip(archive.entries, Self.members) {
      #expect(try archive.content(of: entry) == member.bytes, "\(member.name)")
      #expect(entry.mode == 0o644)
    }
    let said = try await Program.shell(
      """
      unzip -tq made.zip >&2
      python3 -c "
      import hashlib, zipfile
      with zipfile.ZipFile('made.zip') as z:
          assert z.testzip() is None
          for i in z.infolist():
              print(i.filename, i.file_size, i.compress_type, i.date_time[0], oct(i.external_attr >> 16), hashlib.sha256(z.read(i)).hexdigest())
      "
      """, in: folder.path)
    let kinds = [
      "empty": 0, "one": 0, "noise": 0, "zeros": 0, "폴더/데이터 ü.txt": 0, "deep/er/name.json": 0,
    ]
    let expected = Self.members.map { name, bytes in
      "\(name) \(bytes.count) \(kinds[name] ?? 8) 1980 0o100644 \(SHA256.digest(of: bytes).hex)\n"
    }
    #expect(said == expected.joined())
  }

  @Test(
    "the same members give the same bytes, from memory or from files, and are told with their digests"
  )
  func repeated() throws {
    let folder = try TemporaryFolder()
    let first = try FileSystem.read(write(folder))
    #expect(try FileSystem.read(write(folder, "again.zip")) == first)
    let sources = folder.path.appending("sources")
    for (name, bytes) in Self.members {
      let file = sources.pushing(FilePath(name))
      try FileSystem.createDirectory(file.removingLastComponent())
      try FileSystem.write(bytes, to: file)
    }
    var heard = 0
    let size = try ZipWriter.write(
      to: folder.path.appending("files.zip"), hear: { heard += $0 }
    ) { zip in
      for (name, bytes) in Self.members {
        let member = try zip.add(name, file: sources.pushing(FilePath(name)))
        #expect(member.digest == SHA256.digest(of: bytes).hex)
        #expect(member.size == Int64(bytes.count))
      }
    }
    #expect(try FileSystem.read(folder.path.appending("files.zip")) == first)
    #expect(size.bytes == Int64(first.count))
    #expect(heard == Self.members.reduce(0) { $0 + $1.bytes.count })
  }

  @Test("nothing is left of an archive that was not finished, and the old one stays")
  func whole() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("old", to: "made.zip")
    #expect(throws: CancellationError.self) {
      try ZipWriter.write(to: file) { zip in
        try zip.add("a", [1, 2, 3])
        throw CancellationError()
      }
    }
    #expect(try folder.read("made.zip") == "old")
    #expect(try FileSystem.names(in: folder.path) == ["made.zip"])
    #expect(throws: Failure.self) { try ZipWriter.write(to: "/dev/null") { _ in } }
    #expect(throws: Failure.self) { try ZipWriter.write(to: folder.path) { _ in } }
  }

  @Test("more than 65,535 members need zip64, which Python reads")
  func many() async throws {
    let folder = try TemporaryFolder()
    try ZipWriter.write(to: folder.path.appending("made.zip")) { zip in
      for index in 0..<66_000 { try zip.add("n/\(index)", []) }
    }
    #expect(try ZipArchive(folder.path.appending("made.zip")).entries.count == 66_000)
    let said = try await Program.shell(
      "python3 -c \"import zipfile; print(len(zipfile.ZipFile('made.zip').namelist()))\"",
      in: folder.path)
    #expect(said == "66000\n")
  }
}
