import Formats
import Platform

@testable import Runner

extension FuzzTarget {
  private static let names = [
    "a.ipynb", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.yaml", "a.toml", "a.txt", "a.npy", "a.npz",
    "a.parquet", "a.onnx", "a.ubj", "a.gz", "a",
  ]

  /// Two contents as two runs' outputs: the first byte says what they are called, a byte 1 divides them; without one, the
  /// second is the first with its last byte gone.
  static let outputs = FuzzTarget(
    name: "outputs",
    seeds: [
      "\u{0}{\"nbformat\":4,\"cells\":[{\"cell_type\":\"code\",\"source\":\"x\",\"outputs\":[{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":\"a 12:03:44\"}]}]}\u{1}{\"nbformat\":4,\"cells\":[{\"cell_type\":\"code\",\"source\":[\"x\"],\"outputs\":[{\"output_type\":\"display_data\",\"data\":{\"image/png\":\"iVBO\"}}]}]}",
      "\u{1}{\"a\":[1,2.5,18446744073709551615]}\u{1}{\"a\":[1,2.5]}",
      "\u{3}a,b\n1,\"x\"\n\u{1}a;b\n1;x\n",
      "\u{7}done 2026-11-22T19:04:16Z pid 12 /tmp/x 0x7f3c2c1d5e80 1.5s\u{1}done Sun Nov 22 19:04:16 UTC 2026",
      "\u{7}tree\nTree=0\nleaf_value=1 2\n\u{1}tree\nTree=0\nleaf_value=1 3\n",
      "\u{5}a: &x [1]\nb: *x\n\u{1}a: [1]\n", "\u{6}[t]\na = 1\n\u{1}[t]\na = 2\n",
    ],
    words: [
      "\"cells\"", "\"outputs\"", "image/png", "stream", "0x7f3c2c1d5e80", "12:03:44",
      "00:12<00:03", "1min 3s",
      "it/s", "/tmp/", "pid", "NaN", "tree\n", "\u{1}",
    ],
    binarySeeds: {
      let header = Array(
        "{'descr': [('a', '<f8'), ('b', '|S3', (2,))], 'fortran_order': True, 'shape': (2,)}".utf8)
      let array = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.count), 0] + header
      return [[8] + array + (2..<30).map { UInt8($0) } + [1] + array + (3..<31).map { UInt8($0) }]
    }
  ) { bytes in
    guard let first = bytes.first else { return }
    let parts = bytes.dropFirst().split(
      separator: 1, maxSplits: 1, omittingEmptySubsequences: false)
    let old = Array(parts[0])
    let new = parts.count > 1 ? Array(parts[1]) : Array(old.dropLast())
    let name = names[Int(first) % names.count]
    let comparison = ContentComparison(
      tolerance: Tolerance(), normaliser: TextNormaliser(folders: [("/a", "<a>")]),
      limits: ComparisonLimits(), isCancelled: { false })
    let verdict = try comparison.compare(old, new, name: name)
    require((verdict.kind == .identical) == (old == new), "only the same bytes are identical")
    require(OutputVerdict(verdict.json) == verdict, "a verdict is not read as it was written")
    let back = try comparison.compare(new, old, name: name)
    require(
      back.kind.isSame == verdict.kind.isSame || verdict.reader != "text", "the order decides")
  }

  /// The rows of a picture behind 7 bytes: colour, depth, whether it is interlaced, width and height.
  static let picture = FuzzTarget(
    name: "picture", seeds: ["\u{2}\u{8}\u{0}\u{2}\u{2}\u{0}\u{0}abcdefghijklmn"],
    words: ["IDAT", "PLTE", "tRNS"]
  ) { bytes in
    _ = try? PNGImage(parsing: PNGImage.signature + bytes)
    guard bytes.count > 7 else { return }
    let size = (Int(bytes[3]) + 1, Int(bytes[4]) + 1)
    let head = number(size.0) + number(size.1) + [bytes[1], bytes[0], 0, 0, bytes[2] & 1]
    let colours = Array(bytes[7..<min(bytes.count, 7 + Int(bytes[5]))])
    let file =
      PNGImage.signature + chunk("IHDR", head)
      + (colours.isEmpty ? [] : chunk("PLTE", colours))
      + (bytes[6] == 0 ? [] : chunk("tRNS", Array(colours.prefix(Int(bytes[6])))))
      + chunk("IDAT", stored(Array(bytes[7...]))) + chunk("IEND", [])
    let picture = try PNGImage(parsing: file)
    for y in 0..<picture.height { for x in 0..<picture.width { _ = picture[x, y].description } }
    require(picture.hasSameBytes(as: picture), "a picture is not itself")
  }

  private static func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    var crc = UInt32.max
    for byte in Array(type.utf8) + data {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return number(data.count) + Array(type.utf8) + data + number(Int(~crc))
  }

  /// A zlib stream of one block that is not packed.
  private static func stored(_ data: [UInt8]) -> [UInt8] {
    let data = Array(data.prefix(65535))
    var (a, b) = (1, 0)
    for byte in data {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    let (low, high) = (UInt8(data.count & 0xFF), UInt8(data.count >> 8))
    return [0x78, 1, 1, low, high, ~low, ~high] + data + number(b << 16 | a)
  }
}
