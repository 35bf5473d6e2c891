import Compute
import Platform
import Support
import Testing

@testable import Formats
@testable import Learning

@Suite("Parquet files that are broken anyhow") struct HostileParquetTests {
  /// Reads all columns, also as text; anything but an error of ours fails the test.
  private func reads(_ bytes: [UInt8]) throws -> Bool {
    do {
      let file = try ParquetFile(parsing: bytes)
      for names in [[], Set(file.columns.map(\.name))] {
        _ = try TableFile.parquet({ file }, asText: names, source: nil, threads: 1)
      }
      return true
    } catch is Failure { return false } catch is ParseFailure { return false }
  }

  @Test("a file that is cut off anywhere is refused") func truncation() throws {
    for bytes in ParquetFixtures.all {
      for end in 0..<bytes.count { #expect(try !reads(Array(bytes[..<end])), "\(end) bytes") }
    }
  }

  @Test("3,000 changed files are read or refused") func mutations() throws {
    var random = SeededRandom(seed: 11)
    for number in 0..<3000 {
      let bytes = random.pick(ParquetFixtures.all)
      var changed = bytes
      let footer = bytes[(bytes.count - 8)..<(bytes.count - 4)].reversed()
        .reduce(0) { $0 << 8 | Int($1) }
      // Pages and footer alike often, as footers are longer.
      let start = number % 2 == 0 ? 4 : bytes.count - 8 - footer
      let end = number % 2 == 0 ? bytes.count - 8 - footer : bytes.count - 8
      guard end > start else { continue }
      for _ in 0...random.pick([0, 1, 3]) {
        let place = start + Int(random.next() % UInt64(end - start))
        switch random.pick([0, 1, 2, 3]) {
        case 0: changed[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: changed[place] = random.pick([0, 0x7F, 0x80, 0xFF, 0xFE, 0x0C, 0x15, 0x19])
        case 2: changed[place] = random.pick(changed)
        default: changed[place] ^= 1 << UInt8(random.next() % 8)
        }
      }
      // What is longer or shorter in the footer, with the length that fits.
      if number % 6 == 1 {
        let place = start + Int(random.next() % UInt64(end - start))
        let added = [UInt8](
          repeating: random.pick([0xFF, 0x80, 0]), count: random.pick([1, 4, 9]))
        changed.insert(contentsOf: added, at: place)
        let length = UInt32(footer + added.count)
        for index in 0..<4 {
          changed[changed.count - 8 + index] = UInt8(
            truncatingIfNeeded: length >> UInt32(8 * index))
        }
      }
      _ = try reads(changed)
    }
  }

  @Test(
    "counts and trees that cannot be are refused before memory is asked for",
    arguments: [
      // A list of 2^31 - 1 elements.
      ([0x29, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x07], "beyond the end"),
      // A root with more children than there are.
      ([0x29, 0x1C, 0x48, 0x01, 0x61, 0x15, 0xFE, 0xFF, 0xFF, 0xFF, 0x0F, 0x00, 0x00], "no tree"),
      // A size of -1.
      ([0x36, 0x01, 0x00], "is -1"),
      // A text of 2^63 bytes.
      ([0x18, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "beyond the end"),
      // A number of more than 64 bits.
      ([0x16, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], "64 bits"),
      // Records in records.
      ([UInt8](repeating: 0x1C, count: 40), "more than 32 deep"),
      ([0x00], "no columns"),
    ] as [([UInt8], String)])
  func footers(footer: [UInt8], message: String) throws {
    let length = (0..<4).map { UInt8(truncatingIfNeeded: footer.count >> (8 * $0)) }
    let bytes = ParquetFile.magic + footer + length + ParquetFile.magic
    let failure = #expect(throws: ParseFailure.self) { try ParquetFile(parsing: bytes) }
    #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
  }

  @Test("packed blocks never give more than was asked for") func blocks() throws {
    let cases: [(ParquetCodec, [UInt8], Int, [UInt8]?)] = [
      (.snappy, [5, 0x10, 1, 2, 3, 4, 5], 5, [1, 2, 3, 4, 5]),
      // Repeats what it is making: aaaaaaaa.
      (.snappy, [8, 0x00, 0x61, 0x0D, 0x01], 8, [UInt8](repeating: 0x61, count: 8)),
      (.snappy, [8, 0x00, 0x61, 0x0D, 0x02], 8, nil),
      (.snappy, [9, 0x00, 0x61, 0x0D, 0x01], 8, nil),
      (.snappy, [8, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF], 8, nil), (.snappy, [], 8, nil),
      (.lz4, [0x50, 1, 2, 3, 4, 5], 5, [1, 2, 3, 4, 5]),
      (.lz4, [0x13, 0x61, 1, 0, 0x00], 8, [UInt8](repeating: 0x61, count: 8)),
      (.lz4, [0x13, 0x61, 0, 0], 8, nil), (.lz4, [0x1F, 0x61, 1, 0, 0xFF, 0xFF], 8, nil),
      (.lz4, [0xF0, 0xFF, 0xFF], 8, nil), (.zstd, [1, 2, 3], 8, nil),
      (.gzip, [0x1F, 0x8B], 8, nil),
      (.gzip, [], 8, nil), (.uncompressed, [1], 2, nil), (.lzo, [1], 1, nil),
    ]
    for (codec, bytes, size, expected) in cases {
      let found = try? PackedBlock.unpack(bytes[...], by: codec, to: size)
      #expect(found == expected, "\(codec) \(bytes)")
    }
  }
}
