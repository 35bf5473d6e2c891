import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@testable import Checks

@Suite("Pictures as data") struct ImageTests {
  /// A grey JPEG picture of 8 x 8 pixels of one shade, made by hand: a quantization of 8 makes the number that is written
  /// the shade's distance from 128.
  private static func jpeg(shade: Int) -> [UInt8] {
    func segment(_ marker: UInt8, _ data: [UInt8]) -> [UInt8] {
      [0xFF, marker, 0, UInt8(data.count + 2)] + data
    }
    let distance = shade - 128
    // One code for a direct number of seven bits, and one for the end of a block.
    let table = [UInt8](repeating: 0, count: 15)
    var file: [UInt8] = [0xFF, 0xD8] + segment(0xDB, [0] + [UInt8](repeating: 8, count: 64))
    file += segment(0xC4, [0x00, 1] + table + [7]) + segment(0xC4, [0x10, 1] + table + [0])
    file += segment(0xC0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0])
    file += segment(0xDA, [1, 1, 0, 0, 63, 0])
    // 0, seven bits, 0; then ones.
    let bits = UInt16(distance < 0 ? distance + 127 : distance)
    let word = bits << 8 | 0x7F
    return file + [UInt8(word >> 8), UInt8(word & 0xFF), 0xFF, 0xD9]
  }

  private func outcome(_ suite: String, _ folder: TemporaryFolder) throws -> SuiteOutcome {
    struct Opener: TableOpener {
      var folder: FilePath
      func open(_ reference: TableReference) throws -> any TableStream {
        try ImageFolderStream(folder)
      }
    }
    let suite = try DataSuite(parsing: Array(suite.utf8), file: "s.yml")
    return try DataTesting(suite, opener: Opener(folder: folder.path), threads: 2, now: 0).outcome()
  }

  private func folder(_ files: [String: [UInt8]]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, bytes) in files {
      let path = folder.path.pushing(FilePath(name))
      try FileSystem.createDirectory(path.removingLastComponent())
      try FileSystem.write(bytes, to: path, durable: false)
    }
    return folder
  }

  @Test("a shade is what was written", arguments: [1, 28, 64, 192, 255])
  func shade(_ shade: Int) throws {
    let image = try JPEGImage(parsing: Self.jpeg(shade: shade))
    #expect(image.width == 8 && image.height == 8 && image.channels == 1)
    #expect(image.brightness == Double(shade))
  }

  @Test("what cannot be decoded, is too dark, or a copy, is told by its file")
  func tested() throws {
    let files = try folder([
      "cat/a.jpg": Self.jpeg(shade: 200), "cat/b.jpg": Self.jpeg(shade: 200),
      "cat/c.jpg": Self.jpeg(shade: 64), "dog/d.jpg": Array(Self.jpeg(shade: 200).dropLast(3)),
      "dog/e.png": [], "dog/f.gif": Array("GIF89a".utf8), "dog/notes.txt": [1],
    ])
    let outcome = try outcome(
      """
      data: pictures
      columns:
        image: image, images width == 8 brightness 100..220 duplicates <= 10%
        class: category in [cat, dog]
      """, files)
    #expect(outcome.rows == 6)
    let images = try #require(outcome.outcomes.first { $0.test.name == "images" })
    #expect(images.verdict == .failed)
    #expect(
      images.found
        == "4 of 6 pictures: 1 by brightness, 3 cannot be decoded; 1 exact copy")
    #expect(
      images.samples.map { "\($0.path ?? ""): \($0.value)" } == [
        "cat/c.jpg: brightness 64", "dog/d.jpg: the JPEG picture is cut off",
        "dog/e.png: an empty file", "dog/f.gif: a GIF picture, which is not read; PNG and JPEG are",
        "cat/b.jpg: as cat/a.jpg",
      ])
    #expect(
      outcome.outcomes.filter { $0.test.name != "images" }.allSatisfy { $0.verdict == .passed })
  }

  @Test(
    "copies alone are told with the share that would pass; a class without pictures is one of its own"
  )
  func copies() throws {
    let files = try folder(["a/a.jpg": Self.jpeg(shade: 200), "a/b.jpg": Self.jpeg(shade: 200)])
    let suite = "data: p\ncolumns:\n  image: image, images duplicates <= 0%\n"
    let copied = try #require(try outcome(suite, files).outcomes.last)
    #expect(copied.verdict == .failed && copied.nearest == "duplicates <= 50%")
    try FileSystem.createDirectory(files.path.appending("empty"))
    let other = try #require(
      try outcome(suite.replacing("duplicates <= 0%", with: "width >= 1"), files).outcomes.last)
    #expect(other.found == "all 2 pictures; class `empty` has no picture")
    #expect(other.verdict == .failed)
  }

  @Test("a row of a folder is told by its picture, whatever is tested") func places() throws {
    let files = try folder(["cat/a.jpg": Self.jpeg(shade: 200), "dog/b.jpg": Self.jpeg(shade: 9)])
    let found = try outcome(
      "data: p\ncolumns: {image: 'image, ~ \"cat.*\"', class: 'category in [cat]'}\n", files)
    let failed = found.outcomes.filter { $0.verdict == .failed }.flatMap(\.samples)
    #expect(failed.map(\.path) == ["dog/b.jpg", "dog/b.jpg"])
    #expect(failed.map(\.value) == ["dog/b.jpg", "dog"] && failed.allSatisfy { $0.line == nil })
    #expect(failed.map { $0.text(beginning: "dog/b.jpg") } == ["dog/b.jpg", "dog/b.jpg: dog"])
  }

  @Test("a folder without pictures is told") func none() throws {
    let files = try folder(["a.txt": [1]])
    #expect(throws: Failure.self) { try outcome("data: p\ncolumns:\n  image: image\n", files) }
  }
}
