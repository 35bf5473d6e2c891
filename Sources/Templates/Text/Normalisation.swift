/// Unicode's normalisation forms KD and KC (UAX #15), by the data of Unicode 14.
package enum Normalisation {
  /// NFKD.
  package static func decomposed(_ points: [UInt32]) -> [UInt32] {
    if points.allSatisfy({ $0 < 0xA0 }) { return points }
    var result: [UInt32] = []
    result.reserveCapacity(points.count)
    for point in points { appendDecomposition(of: point, to: &result) }
    sortMarks(&result)
    return result
  }

  /// NFKC.
  package static func composed(_ points: [UInt32]) -> [UInt32] {
    if points.allSatisfy({ $0 < 0xA0 }) { return points }
    var result = decomposed(points)
    guard !result.isEmpty else { return result }
    var write = 0
    var starter: Int?
    var lastClass: UInt8 = 0
    for read in result.indices {
      let point = result[read]
      let combining = CodePoint.combiningClass(point)
      if let place = starter, place == write - 1 || lastClass < combining,
        let pair = composition(result[place], point)
      {
        result[place] = pair
        continue
      }
      if combining == 0 { starter = write }
      lastClass = combining
      result[write] = point
      write += 1
    }
    result.removeLast(result.count - write)
    return result
  }

  private static func appendDecomposition(of point: UInt32, to result: inout [UInt32]) {
    if point < 0xA0 { return result.append(point) }
    if point >= 0xAC00, point < 0xD7A4 {
      let syllable = point - 0xAC00
      result += [0x1100 + syllable / 588, 0x1161 + syllable / 28 % 21]
      if syllable % 28 > 0 { result.append(0x11A7 + syllable % 28) }
      return
    }
    let records = Decompositions.records
    guard
      let record = search(
        records, width: 6, for: { Int(point) - Table.number(records, at: $0, digits: 3) })
    else { return result.append(point) }
    let start = Table.number(records, at: record + 3, digits: 2)
    for index in 0..<Table.number(records, at: record + 5, digits: 1) {
      let place = (start + index) * 3
      result.append(UInt32(Table.number(Decompositions.pool, at: place, digits: 3)))
    }
  }

  private static func composition(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if first >= 0x1100, first < 0x1113, second >= 0x1161, second < 0x1176 {
      return 0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28
    }
    if first >= 0xAC00, first < 0xD7A4, (first - 0xAC00) % 28 == 0, second > 0x11A7,
      second < 0x11C3
    {
      return first + second - 0x11A7
    }
    guard second >= 0x300 else { return nil }
    let records = Compositions.records
    let record = search(records, width: 9) { place in
      let order = Int(first) - Table.number(records, at: place, digits: 3)
      return order != 0 ? order : Int(second) - Table.number(records, at: place + 3, digits: 3)
    }
    return record.map { UInt32(Table.number(records, at: $0 + 6, digits: 3)) }
  }

  /// The place of the record for which the comparison is 0.
  private static func search(
    _ records: StaticString, width: Int, for compare: (Int) -> Int
  ) -> Int? {
    var low = 0
    var high = records.utf8CodeUnitCount / width
    while low < high {
      let middle = (low + high) / 2
      let order = compare(middle * width)
      if order == 0 { return middle * width }
      if order < 0 { high = middle } else { low = middle + 1 }
    }
    return nil
  }

  /// Puts marks between starters in the order of their combining classes, equal ones as they stand.
  private static func sortMarks(_ points: inout [UInt32]) {
    var index = 0
    while index < points.count {
      guard CodePoint.combiningClass(points[index]) > 0 else {
        index += 1
        continue
      }
      let start = index
      while index < points.count, CodePoint.combiningClass(points[index]) > 0 { index += 1 }
      guard index - start > 1 else { continue }
      let marks = points[start..<index].map { ($0, CodePoint.combiningClass($0)) }
      let sorted = marks.enumerated().sorted {
        ($0.element.1, $0.offset) < ($1.element.1, $1.offset)
      }
      points.replaceSubrange(start..<index, with: sorted.map(\.element.0))
    }
  }
}
