import Platform
import Support
import SystemPackage
import Testing

@testable import Datasets

@Suite("SHA-256 beside the md5") struct StrongDigestTests {
  private let digest = StrongDigest.digest(of: Array("abc".utf8))

  /// The pointer of one file.
  private func pointer(_ meta: String) throws -> PointerOutput {
    let text = "outs:\n- md5: \(md5)\n  size: 3\n  hash: md5\n  path: f\n\(meta)"
    return try #require(try Pointer(parsing: Array(text.utf8)).outputs.first)
  }

  private let md5 = "900150983cd24fb0d6963f7d28e17f72"

  @Test("a digest is read as it is written, and nothing else is one") func hex() throws {
    let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(digest.hex == known)
    #expect(StrongDigest(hex: known.uppercased()) == digest)
    for text in ["", String(known.dropLast()), known + "0", String(known.dropLast()) + "g"] {
      #expect(StrongDigest(hex: text) == nil, "\(text)")
    }
  }

  @Test("it counts only for the md5 that it was recorded with") func belongs() throws {
    let own = "    reprise:\n      sha256: \(digest.hex)\n"
    #expect(try pointer("  meta:\n\(own)      md5: \(md5)\n").strong == digest)
    #expect(try pointer("  meta:\n\(own)").strong == nil)
    #expect(try pointer("  meta:\n\(own)      md5: \(md5.dropLast())0\n").strong == nil)
    #expect(throws: ParseFailure.self) {
      try pointer("  meta:\n    reprise:\n      md5: \(md5)\n      sha256: 12\n")
    }
  }

  @Test(
    "our keys come, change and go; a person's own and comments stay",
    arguments: [
      ("", ""), ("  meta:\n    owner: ada  # asks\n", "  meta:\n    owner: ada  # asks\n"),
      ("  desc: x\n  # last\n", "  desc: x\n  # last\n"),
      ("  meta:\n    reprise:\n      other: 1\n", "  meta:\n    reprise:\n      other: 1\n"),
      (
        "  labels:\n  - a\n  - b\n\n# behind\n", "  labels:\n  - a\n  - b\n\n# behind\n"
      ),
    ]) func edit(before: String, after: String) throws
  {
    let head = "outs:\n- md5: \(md5)\n  size: 3\n  hash: md5\n  path: f\n"
    var output = try pointer(before)
    var text = PointerText(Array((head + before).utf8))
    output.strong = digest
    output.extras = MD5Digest(hex: "00000000000000000000000000000123")
    try text.update(output)
    let written = try #require(try Pointer(parsing: Array(text.text.utf8)).outputs.first)
    #expect(written.strong == digest && written.extras == output.extras, "\(text.text)")
    let other = StrongDigest.digest(of: [])
    output.strong = other
    try text.update(output)
    #expect(try Pointer(parsing: Array(text.text.utf8)).outputs.first?.strong == other)
    output.strong = nil
    try text.update(output)
    #expect(try Pointer(parsing: Array(text.text.utf8)).outputs.first?.extras == output.extras)
    #expect(!text.text.contains("sha256"))
    output.extras = nil
    try text.update(output)
    #expect(text.text == head + after)
  }

  @Test("a listing of other files than the folder's is none of it") func listing() throws {
    func table(_ paths: [String]) -> FileTable {
      var table = FileTable()
      for path in paths {
        table.append(path: path.utf8, FileTable.Entry(digest: MD5.digest(of: Array(path.utf8))))
      }
      return table
    }
    let files = table(["a", "e\u{301}", "\u{e9}"])
    let listing = try StrongListing(files, [0: digest, 1: digest, 2: StrongDigest.digest(of: [])])
    let read = try StrongListing(parsing: listing.bytes)
    let name = try #require(ObjectName(md5 + ".dir"))
    #expect(
      try read.digests(for: files, of: name) == [digest, digest, StrongDigest.digest(of: [])])
    for paths in [["a"], ["a", "\u{e9}", "e\u{301}"], ["a", "b", "c", "d"]] {
      #expect(throws: Failure.self) { try read.digests(for: table(paths), of: name) }
    }
    for text in ["", "[]", "{}", "{\"files\":{\"a\":1}}", "{\"files\":{\"a\":\"00\"}}"] {
      #expect(throws: Failure.self) { try StrongListing(parsing: Array(text.utf8)) }
    }
  }

  @Test("another digest than those that are known is refused, not taken for none") func setting()
    throws
  {
    func wants(_ text: String) throws -> Bool {
      var settings = DataSettings()
      try settings.read(text, file: ".dvc/reprise")
      return try settings.wantsStrongDigest()
    }
    #expect(try wants("[data]\n\tdigest = sha256\n"))
    #expect(try !wants("[data]\n    digest = md5\n"))
    #expect(try !wants(""))
    #expect(throws: Failure.self) { try wants("[data]\ndigest = sha512\n") }
  }
}
