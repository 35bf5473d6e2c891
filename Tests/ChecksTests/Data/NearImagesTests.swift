import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@testable import Checks

@Suite("Pictures that look alike") struct NearImagesTests {
  /// A grey JPEG picture of squares of 8 x 8 pixels of one shade each, row by row: codes of four bits, then the distance from the
  /// shade before.
  private static func jpeg(_ shades: [Int], across: Int) -> [UInt8] {
    func segment(_ marker: UInt8, _ data: [UInt8]) -> [UInt8] {
      [0xFF, marker, 0, UInt8(data.count + 2)] + data
    }
    let (width, height) = (UInt8(across * 8), UInt8(shades.count / across * 8))
    var file: [UInt8] = [0xFF, 0xD8] + segment(0xDB, [0] + [UInt8](repeating: 8, count: 64))
    file += segment(
      0xC4, [0x00, 0, 0, 0, 12] + [UInt8](repeating: 0, count: 12) + (0...11).map { UInt8($0) })
    file += segment(0xC4, [0x10, 1] + [UInt8](repeating: 0, count: 15) + [0])
    file += segment(0xC0, [8, 0, height, 0, width, 1, 1, 0x11, 0])
    file += segment(0xDA, [1, 1, 0, 0, 63, 0])
    var (bits, last): ([Int], Int) = ([], 128)
    func add(_ value: Int, _ count: Int) {
      for place in (0..<count).reversed() { bits.append(value >> place & 1) }
    }
    for shade in shades {
      let distance = shade - last
      last = shade
      let size = Int.bitWidth - distance.magnitude.leadingZeroBitCount
      add(size, 4)
      add(distance < 0 ? distance + 1 << size - 1 : distance, size)
      add(0, 1)
    }
    while bits.count % 8 != 0 { bits.append(1) }
    for start in stride(from: 0, to: bits.count, by: 8) {
      let byte = UInt8(bits[start..<start + 8].reduce(0) { $0 << 1 | $1 })
      file += byte == 0xFF ? [0xFF, 0] : [byte]
    }
    return file + [0xFF, 0xD9]
  }

  private static func shades(_ seed: UInt64) -> [Int] {
    var random = SeededRandom(seed: seed)
    return (0..<16).map { _ in Int(random.next() % 200) + 20 }
  }

  private func outcome(_ suite: String, _ files: [String: [UInt8]]) throws -> TestOutcome {
    struct Opener: TableOpener {
      var folder: FilePath
      func open(_ reference: TableReference) throws -> any TableStream {
        try ImageFolderStream(folder)
      }
    }
    let folder = try TemporaryFolder()
    for (name, bytes) in files {
      try FileSystem.write(bytes, to: folder.path.appending(name), durable: false)
    }
    let text = "data: p\ncolumns:\n  image: image, \(suite)\n"
    return try #require(
      try DataTesting(
        try Checks.DataSuite(parsing: Array(text.utf8), file: "s.yml"),
        opener: Opener(folder: folder.path), threads: 2, now: 0
      ).outcome().outcomes.last)
  }

  @Test("luma is what was written") func luma() throws {
    let shades = Self.shades(3)
    let bytes = Self.jpeg(shades, across: 4)
    #expect(try JPEGImage(parsing: bytes).luma == nil)
    let luma = try #require(try JPEGImage(parsing: bytes, keepsLuma: true).luma)
    #expect(luma.width == 32 && luma.height == 32)
    #expect(
      (0..<1024).allSatisfy { Int(luma.pixels[$0]) == shades[$0 / 32 / 8 * 4 + $0 % 32 / 8] })
    // A picture of this size is left as it is.
    #expect(luma.resized(to: 32) == luma.pixels)
  }

  @Test("darker copies are told with the picture that they are like; others are not")
  func tested() throws {
    let files = [
      "a.jpg": Self.jpeg(Self.shades(1), across: 4), "b.jpg": Self.jpeg(Self.shades(2), across: 4),
      "c.jpg": Self.jpeg(Self.shades(1).map { $0 - 9 }, across: 4),
      "d.jpg": Self.jpeg(Self.shades(1), across: 4), "e.jpg": [1],
    ]
    let failed = try outcome("near duplicates <= 10%", files)
    #expect(failed.verdict == .failed)
    #expect(
      failed.found
        == "2 of 4 pictures (50%) are like one before; 1 cannot be compared")
    #expect(
      failed.samples.map { "\($0.path ?? ""): \($0.value)" } == [
        "c.jpg: like a.jpg, 0 of 64 bits differ", "d.jpg: like a.jpg, 0 of 64 bits differ",
      ])
    #expect(failed.samples.allSatisfy { $0.line == nil })
    #expect(failed.nearest == "near duplicates <= 50%")
    #expect(try outcome("near duplicates <= 50% distance 0", files).verdict == .passed)
    let others = try outcome(
      "images width == 32, near duplicates",
      ["a.jpg": files["a.jpg"] ?? [], "b.jpg": files["b.jpg"] ?? []])
    #expect(others.verdict == .passed)
    #expect(others.found == "none of 2 pictures is like one before")
  }

  @Test("pictures of one shade are alike, whatever the shade") func flat() throws {
    let files = [
      "a.jpg": Self.jpeg([200], across: 1), "b.jpg": Self.jpeg([30, 30, 30, 30], across: 2),
    ]
    #expect(
      try outcome("near duplicates", files).found == "1 of 2 pictures (50%) is like one before")
  }

  @Test("the near ones are those that a comparison with all finds", arguments: 0...16)
  func near(distance: Int) {
    var random = SeededRandom(seed: UInt64(distance))
    var near = NearHashes(within: distance)
    var all: [PerceptualHash] = []
    var matches = 0
    for round in 0..<600 {
      // Some are others with a few bits turned.
      var bits = round % 3 == 0 || all.isEmpty ? random.next() : random.pick(all).bits
      for _ in 0..<random.next() % 20 { bits ^= 1 << (random.next() % 64) }
      let hash = PerceptualHash(bits: bits)
      let wanted = all.indices.filter { all[$0].distance(to: hash) <= distance }
      #expect(near.near(hash) == wanted)
      matches += wanted.count
      let place = near.add(hash)
      #expect(place == all.firstIndex(of: hash) ?? all.count)
      if place == all.count { all.append(hash) }
    }
    #expect(matches > 10)
  }

  @Test("distances that are none are told") func distances() throws {
    #expect(
      problems("data: d\ncolumns: {x: 'image, near duplicates distance 20'}\n") == [
        "2:38 pictures that differ in more than 16 of 64 bits are not alike (write `distance 4`)"
      ])
    #expect(!problems("data: d\ncolumns: {x: 'image, near duplicates distance 1.5'}\n").isEmpty)
    #expect(!problems("data: d\ncolumns: {x: 'int, near duplicates'}\n").isEmpty)
  }
}
