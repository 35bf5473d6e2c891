import Platform

/// Goes through the segments of a JPEG file (ITU-T T.81, annex B).
struct JPEGReader {
  private let bytes: [UInt8]
  private let limit: Int
  private(set) var frame: JPEGFrame?
  /// By number, each in the order of frequencies' rows.
  private(set) var quantizations = [[UInt16]?](repeating: nil, count: 4)
  private var direct = [JPEGHuffmanTable?](repeating: nil, count: 4)
  private var alternating = [JPEGHuffmanTable?](repeating: nil, count: 4)
  private var interval = 0
  /// What Adobe's segment says of three colours: 0 for red, green and blue.
  private var transform: UInt8?
  private var hasJFIF = false
  private var scans = 0
  private var tables = 0

  init(_ bytes: [UInt8], limit: Int) {
    self.bytes = bytes
    self.limit = limit
  }

  /// Whether three colours are red, green and blue, and not luma and two differences (as libjpeg guesses).
  var isRGB: Bool {
    guard let frame, frame.components.count == 3 else { return false }
    if hasJFIF { return false }
    if let transform { return transform == 0 }
    return frame.components.map(\.id) == [0x52, 0x47, 0x42]
  }

  mutating func read() throws(ParseFailure) {
    guard bytes.starts(with: JPEGImage.signature) else {
      throw ParseFailure("this is no JPEG file")
    }
    var place = 2
    while true {
      // Anything may stand between segments, but for the end of the file.
      while place < bytes.count, bytes[place] != 0xFF { place += 1 }
      while place < bytes.count, bytes[place] == 0xFF { place += 1 }
      guard place < bytes.count else { throw ParseFailure("the JPEG picture is cut off") }
      let marker = bytes[place]
      place += 1
      if marker == 0xD9 { return }
      if marker <= 0x01 || (0xD0...0xD8).contains(marker) { continue }
      guard place + 2 <= bytes.count else { throw ParseFailure("the JPEG picture is cut off") }
      let length = Int(bytes[place]) << 8 | Int(bytes[place + 1])
      guard length >= 2, place + length <= bytes.count else {
        throw ParseFailure("a segment of the JPEG file is cut off at byte \(place + 1)")
      }
      let data = bytes[place + 2..<place + length]
      place += length
      place = try segment(marker, data, end: place)
    }
  }

  /// - Returns: where the next segment is looked for.
  private mutating func segment(
    _ marker: UInt8, _ data: ArraySlice<UInt8>, end: Int
  ) throws(ParseFailure) -> Int {
    switch marker {
    case 0xC0, 0xC1, 0xC2:
      guard frame == nil else { throw ParseFailure("the JPEG file has two pictures in one") }
      frame = try JPEGFrame(data, isProgressive: marker == 0xC2, size: bytes.count, limit: limit)
    case 0xC4: try huffman(data)
    case 0xC3, 0xC5...0xCF:
      throw ParseFailure("a lossless, hierarchical or arithmetic JPEG picture is not read")
    case 0xDB: try quantization(data)
    case 0xDD:
      guard data.count >= 2 else { throw ParseFailure("the JPEG picture is damaged") }
      interval = Int(data[data.startIndex]) << 8 | Int(data[data.startIndex + 1])
    case 0xDA: return try scan(data, end)
    case 0xE0: hasJFIF = hasJFIF || data.starts(with: Array("JFIF\0".utf8))
    case 0xEE where data.starts(with: Array("Adobe".utf8)) && data.count >= 12:
      transform = data[data.startIndex + 11]
    default: break
    }
    return end
  }

  private mutating func quantization(_ data: ArraySlice<UInt8>) throws(ParseFailure) {
    var rest = data
    while let kind = rest.popFirst() {
      let width = kind >> 4 == 0 ? 1 : 2
      guard kind & 15 < 4, rest.count >= 64 * width else {
        throw ParseFailure("a quantization table of the JPEG picture is cut off")
      }
      var table = [UInt16](repeating: 0, count: 64)
      for place in 0..<64 {
        let start = rest.startIndex + place * width
        table[JPEGScan.order[place]] =
          width == 1 ? UInt16(rest[start]) : UInt16(rest[start]) << 8 | UInt16(rest[start + 1])
      }
      quantizations[Int(kind & 15)] = table
      rest = rest.dropFirst(64 * width)
    }
  }

  private mutating func huffman(_ data: ArraySlice<UInt8>) throws(ParseFailure) {
    var rest = data
    while let kind = rest.popFirst() {
      let counts = rest.prefix(16)
      let count = counts.reduce(0) { $0 + Int($1) }
      guard kind & 15 < 4, kind >> 4 < 2, counts.count == 16, rest.count >= 16 + count else {
        throw ParseFailure("a Huffman table of the JPEG picture is cut off")
      }
      // Each costs time, however short it is; nobody needs so many.
      tables += 1
      guard tables <= 4000 else {
        throw ParseFailure("the JPEG picture has more than 4000 Huffman tables")
      }
      let values = rest.dropFirst(16).prefix(count)
      let table = try JPEGHuffmanTable(counts: counts, values: values)
      if kind >> 4 == 0 {
        direct[Int(kind & 15)] = table
      } else {
        alternating[Int(kind & 15)] = table
      }
      rest = rest.dropFirst(16 + count)
    }
  }

  private mutating func scan(_ data: ArraySlice<UInt8>, _ end: Int) throws(ParseFailure) -> Int {
    // Each pass goes over the whole picture: a small file could keep us busy for hours.
    scans += 1
    let data = Array(data)
    guard var frame, scans <= 200, let count = data.first.map(Int.init), (1...4).contains(count),
      data.count >= 4 + 2 * count
    else { throw ParseFailure("a scan of the JPEG picture makes no sense") }
    var parts: [JPEGScan.Part] = []
    for place in 0..<count {
      let (id, tables) = (data[1 + 2 * place], data[2 + 2 * place])
      guard let component = frame.components.firstIndex(where: { $0.id == id }),
        !parts.contains(where: { $0.component == component }), tables >> 4 < 4, tables & 15 < 4
      else { throw ParseFailure("a scan of the JPEG picture makes no sense") }
      parts.append(
        JPEGScan.Part(
          component: component, direct: direct[Int(tables >> 4)],
          alternating: alternating[Int(tables & 15)]))
    }
    let tail = data[(1 + 2 * count)...].map(Int.init)
    let (first, last, high, low) = (tail[0], tail[1], tail[2] >> 4, tail[2] & 15)
    if frame.isProgressive {
      guard first <= last, last < 64, low <= 13, high == 0 || high == low + 1,
        first == 0 ? last == 0 : count == 1
      else { throw ParseFailure("a scan of the JPEG picture makes no sense") }
    }
    var scan = JPEGScan(
      parts, first: first, last: last, high: frame.isProgressive ? high : 0,
      low: frame.isProgressive ? low : 0, interval: interval, bits: JPEGBits(bytes, at: end))
    // Nothing else may hold its numbers while they are written.
    self.frame = nil
    try scan.read(into: &frame)
    self.frame = frame
    return scan.bits.place
  }
}
