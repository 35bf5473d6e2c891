import Formats
import Platform
import Support
import SystemPackage
import Testing

@Suite("Zip archives") struct ZipArchiveTests {
  @Test("files, folders, modes and links come out as they went in")
  func whole() throws {
    let made = try ZipFixture(
      """
      file('MLproject', 'name: x\\n')
      file('bin/run.sh', '#!/bin/sh\\n', 0o777)
      file('data/big.csv', 'a,b\\n' * 300000)
      z.writestr('empty/', '')
      z.writestr(zipfile.ZipInfo('stored.bin'), bytes(range(256)))
      file('한국어/데이터.csv', 'x')
      link('link', 'data/big.csv')
      link('bin/up', '../data')
      """)
    let archive = try ZipArchive(made.archive)
    #expect(archive.entries.map(\.name).contains("한국어/데이터.csv"))
    let out = made.folder.path.appending("out")
    try archive.extract(to: out)
    #expect(try FileSystem.readText(out.appending("MLproject")) == "name: x\n")
    #expect(try FileSystem.status(out.appending("bin/run.sh"))?.mode == 0o755)
    #expect(try FileSystem.status(out.appending("MLproject"))?.mode == 0o644)
    #expect(try FileSystem.read(out.appending("stored.bin")) == Array(0...255))
    #expect(try FileSystem.status(out.appending("data/big.csv"))?.size == 1_200_000)
    #expect(try FileSystem.status(out.appending("link"))?.size == 1_200_000)
    #expect(FileSystem.isFile(out.appending("bin/up/big.csv")))
    #expect(FileSystem.isDirectory(out.appending("empty")))
    #expect(try FileSystem.readText(out.appending("한국어/데이터.csv")) == "x")
  }

  @Test("an archive in memory, one with bytes in front, and one with a comment")
  func placed() throws {
    let made = try ZipFixture("file('a', 'content')\nz.comment = b'PK\\\\x05\\\\x06 a comment'")
    let bytes = try FileSystem.read(made.archive)
    for prefix in [0, 1, 70000] {
      let archive = try ZipArchive([UInt8](repeating: 0x50, count: prefix) + bytes)
      let entry = try #require(archive.entries.first)
      #expect(try archive.content(of: entry) == Array("content".utf8))
    }
  }

  @Test("zip64, when an entry asks for it and when there are more than 65,535")
  func wide() throws {
    let made = try ZipFixture(
      """
      with z.open(zipfile.ZipInfo('wide'), 'w', force_zip64=True) as f: f.write(b'wide content')
      for i in range(66000): z.writestr('n/%d' % i, '')
      """)
    let archive = try ZipArchive(made.archive)
    #expect(archive.entries.count == 66001)
    #expect(try archive.content(of: archive.entries[0]) == Array("wide content".utf8))
    #expect(
      try made.failure(limits: ZipLimits(entries: 1000))?.message.contains("more than 1000") == true
    )
  }

  @Test("sizes beyond 32 bits, in a file with holes")
  func large() throws {
    let made = try ZipFixture("file('after', 'still here')")
    // The same archive behind 5 GB of nothing: offsets need 64 bits when Python appends to it.
    let script = """
      import zipfile, os, sys
      os.chdir(sys.argv[1])
      with open('large.zip', 'wb') as f: f.truncate(5 << 30)
      with zipfile.ZipFile('large.zip', 'a') as z: z.writestr('after', 'still here')
      """
    try made.folder.write(script, to: "large.py")
    try made.run("large.py")
    let archive = try ZipArchive(made.folder.path.appending("large.zip"))
    #expect(try archive.content(of: archive.entries[0]) == Array("still here".utf8))
  }

  @Test("names of old archives are code page 437")
  func oldNames() throws {
    let made = try ZipFixture(
      """
      class Old(zipfile.ZipInfo):
          def _encodeFilenameFlags(self): return bytes([0x81, 0xE1, 0x9C]), 0
      z.writestr(Old('x'), 'old')
      """)
    #expect(try ZipArchive(made.archive).entries.map(\.name) == ["üß£"])
  }

  @Test(
    "names that lead elsewhere are refused by name",
    arguments: [
      "../evil", "a/../../evil", "/etc/evil", "C:evil", "c:/evil", "a\\\\..\\\\evil", "..", "a/..",
      "//x",
    ])
  func slip(name: String) throws {
    let made = try ZipFixture("file('good', 'x')\nfile('\(name)', 'x')")
    let failure = try #require(try made.failure())
    #expect(failure.code == .parse)
    let plain = name.replacing("\\\\", with: "\\")
    #expect(failure.message.contains("`\(plain)`"), "\(failure.message)")
    #expect(failure.location?.file == made.archive.string)
  }

  @Test(
    "links that lead elsewhere are refused",
    arguments: [
      ("a", "/etc/passwd"), ("a", ".."), ("a/b", "../../x"), ("a/b", "../c/../../x"), ("a", ""),
      ("a", "b/../.."), ("a/b", "c/../x"),
    ])
  func links(name: String, target: String) throws {
    let made = try ZipFixture("link('\(name)', '\(target)')")
    #expect(try made.failure()?.message.contains("leads out") == true)
  }

  @Test(
    "nothing is written through a link, and nothing twice",
    arguments: [
      "link('a', 'b')\nfile('a/x', 'x')", "file('a', '1')\nfile('a', '2')",
      "file('a', '1')\nfile('a/b', '2')", "file('./a', '1')\nfile('a', '2')",
      "link('d', 'e')\nz.writestr('d/', '')",
    ])
  func twice(script: String) throws {
    #expect(try ZipFixture(script).failure()?.message.contains("twice") == true)
  }

  @Test("a fifo is refused")
  func fifo() throws {
    let made = try ZipFixture(
      """
      i = zipfile.ZipInfo('pipe'); i.create_system = 3; i.external_attr = (stat.S_IFIFO | 0o644) << 16
      z.writestr(i, '')
      """)
    #expect(try made.failure()?.message.contains("neither a file") == true)
  }

  @Test("bombs: by ratio, by size, and by what the directory does not say")
  func bombs() throws {
    let made = try ZipFixture("file('zeros', b'\\\\0' * 100_000_000)")
    #expect(try made.failure()?.message.contains("times its size") == true)
    #expect(
      try made.failure(limits: ZipLimits(total: ByteCount(1_000_000)))?.message.contains(
        "more than 1.0 MB")
        == true)
    // The directory says 10 bytes; the content would be 100 MB.
    var bytes = try FileSystem.read(made.archive)
    let directory = bytes.count - 22 - 46 - 5
    for (place, byte) in [10, 0, 0, 0].enumerated() { bytes[directory + 24 + place] = UInt8(byte) }
    #expect(
      try made.failure(bytes: bytes)?.message.contains("larger than its directory says") == true)
  }

  @Test("contents that overlap")
  func overlap() throws {
    let made = try ZipFixture("file('a', 'x' * 100)\nfile('b', 'y' * 100)")
    var bytes = try FileSystem.read(made.archive)
    // The second entry of the directory points at the first one's header.
    let second = bytes.count - 22 - 47
    for place in 42..<46 { bytes[second + place] = 0 }
    #expect(try made.failure(bytes: bytes)?.message.contains("overlaps") == true)
  }

  @Test("an encrypted archive and an unknown packing say so")
  func unsupported() throws {
    let made = try ZipFixture("file('secret', 'x' * 50)")
    var bytes = try FileSystem.read(made.archive)
    let directory = bytes.count - 22 - 46 - 6
    bytes[directory + 8] |= 1
    #expect(try made.failure(bytes: bytes)?.message.contains("`secret` is encrypted") == true)
    let packed = try ZipFixture(
      "z.writestr('x', 'y' * 100, compress_type=zipfile.ZIP_LZMA)")
    #expect(try packed.failure()?.message.contains("LZMA") == true)
  }

  @Test("what is no archive", arguments: ["", "PK", "hello, this is not a zip archive at all"])
  func none(text: String) throws {
    let failure = #expect(throws: Failure.self) { try ZipArchive(Array(text.utf8)) }
    #expect(failure?.code == .parse)
    #expect(failure?.message.contains("not a zip archive") == true)
  }

  @Test("every cut is noticed")
  func cut() throws {
    let made = try ZipFixture(
      "file('a/b.txt', 'some text ' * 20)\nlink('l', 'a')\nz.writestr('d/', '')")
    let bytes = try FileSystem.read(made.archive)
    for count in 0..<bytes.count {
      #expect(throws: Failure.self, "cut to \(count)") { try ZipArchive(Array(bytes[..<count])) }
    }
  }

  /// Either it comes out right, or there is a failure; the program never stops.
  @Test(
    "20,000 random changes of bytes never crash and never give wrong content", arguments: 0..<20)
  func mutations(seed: Int) throws {
    let made = try ZipFixture(
      """
      file('a/b.txt', 'some text ' * 20)
      z.writestr(zipfile.ZipInfo('s'), 'stored')
      with z.open(zipfile.ZipInfo('wide'), 'w', force_zip64=True) as f: f.write(b'wide')
      """)
    let good = try FileSystem.read(made.archive)
    let contents = [
      Array(String(repeating: "some text ", count: 20).utf8), Array("stored".utf8),
      Array("wide".utf8),
    ]
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    var opened = 0
    for _ in 0..<1000 {
      var bytes = good
      for _ in 0...random(3) {
        let values: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF, UInt8(random(256))]
        bytes[random(bytes.count)] = values[random(6)]
      }
      guard let archive = try? ZipArchive(bytes) else { continue }
      for entry in archive.entries {
        guard let content = try? archive.content(of: entry, limit: 1 << 20) else { continue }
        opened += 1
        #expect(contents.contains(content) || content.isEmpty)
      }
    }
    #expect(opened > 0)
  }
}
