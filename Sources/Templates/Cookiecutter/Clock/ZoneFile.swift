import Platform
import SystemPackage

/// The rules of a time zone as the system keeps them (RFC 8536, TZif).
struct ZoneFile {
  private struct Kind {
    var offset: Int
    var name: String
  }

  private var times: [Int] = []
  private var kindOfTime: [Int] = []
  private var kinds: [Kind] = []
  /// What holds after the last time.
  private var rule: ZoneRule?

  /// Nil when there is no zone of that name.
  init?(_ name: String) {
    let steps = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.isEmpty, steps.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
      return nil
    }
    let path = FilePath("/usr/share/zoneinfo").pushing(FilePath(name))
    guard FileSystem.isFile(path), let bytes = try? FileSystem.read(path, limit: 1 << 20) else {
      return nil
    }
    guard read(bytes), !kinds.isEmpty else { return nil }
  }

  func offset(at time: Int) -> (seconds: Int, name: String) {
    let place = times.partitioningIndex { $0 > time }
    if place == times.count, let rule {
      let offset = rule.offset(at: time)
      return (offset.seconds, offset.name)
    }
    let kind = place == 0 ? kinds[0] : kinds[kindOfTime[place - 1]]
    return (kind.offset, kind.name)
  }

  /// Whether the file made sense.
  private mutating func read(_ bytes: [UInt8]) -> Bool {
    guard bytes.starts(with: Array("TZif".utf8)), bytes.count >= 44 else { return false }
    guard bytes[4] >= 0x32 else { return readBlock(bytes, at: 0, width: 4) != nil }
    // The first block has 32 bits only.
    guard let counts = counts(bytes, 0) else { return false }
    let second = 44 + counts.size(width: 4)
    guard let end = readBlock(bytes, at: second, width: 8) else { return false }
    let footer = String(decoding: bytes[end...], as: UTF8.self)
      .split(separator: "\n").first.map(String.init)
    rule = footer.flatMap { ZoneRule($0) }
    return true
  }

  private struct Counts {
    var isUT, isStandard, leaps, times, kinds, letters: Int

    func size(width: Int) -> Int {
      times * (width + 1) + kinds * 6 + letters + leaps * (width + 4) + isStandard + isUT
    }
  }

  private func counts(_ bytes: [UInt8], _ start: Int) -> Counts? {
    guard bytes.count - start >= 44 else { return nil }
    let numbers = (0..<6).map { Self.number(bytes, start + 20 + $0 * 4, 4) }
    guard numbers.allSatisfy({ $0 >= 0 && $0 < 1 << 20 }) else { return nil }
    return Counts(
      isUT: numbers[0], isStandard: numbers[1], leaps: numbers[2], times: numbers[3],
      kinds: numbers[4], letters: numbers[5])
  }

  /// Where the block ends; nil when it is cut off.
  private mutating func readBlock(_ bytes: [UInt8], at start: Int, width: Int) -> Int? {
    guard start < bytes.count, let counts = counts(bytes, start) else { return nil }
    var place = start + 44
    let end = place + counts.size(width: width)
    guard end <= bytes.count else { return nil }
    times = (0..<counts.times).map { Self.number(bytes, place + $0 * width, width) }
    place += counts.times * width
    kindOfTime = bytes[place..<(place + counts.times)].map(Int.init)
    place += counts.times
    let letters = place + counts.kinds * 6
    for index in 0..<counts.kinds {
      let entry = place + index * 6
      let offset = Self.number(bytes, entry, 4)
      let from = min(letters + Int(bytes[entry + 5]), letters + counts.letters)
      let name = bytes[from..<(letters + counts.letters)].prefix { $0 != 0 }
      kinds.append(Kind(offset: offset, name: String(decoding: name, as: UTF8.self)))
    }
    guard kindOfTime.allSatisfy({ $0 < kinds.count }) else { return nil }
    return end
  }

  private static func number(_ bytes: [UInt8], _ start: Int, _ width: Int) -> Int {
    var value: UInt64 = 0
    for index in start..<(start + width) { value = value << 8 | UInt64(bytes[index]) }
    return width == 4 ? Int(Int32(truncatingIfNeeded: value)) : Int(Int64(bitPattern: value))
  }
}

extension [Int] {
  /// The first index whose element meets a condition that all after it meet, too.
  fileprivate func partitioningIndex(where isAfter: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
