/// The part of a file that a `Range` field asks for (RFC 9110, section 14).
enum ByteRange: Equatable {
  case whole
  case part(Range<Int64>)
  /// Outside of the file.
  case unsatisfiable

  /// Reads a field; what is no range of bytes, or asks for several, is answered with the whole file, as the RFC allows.
  init(_ field: String?, size: Int64) {
    guard let field, field.hasPrefix("bytes="), !field.contains(",") else {
      self = .whole
      return
    }
    let ends = field.dropFirst(6).split(
      separator: "-", maxSplits: 1, omittingEmptySubsequences: false
    ).map { $0.filter { $0 != " " } }
    guard ends.count == 2, ends.contains(where: { !$0.isEmpty }),
      ends.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else {
      self = .whole
      return
    }
    // A number that no file has stands for one past the end.
    let first = ends[0].isEmpty ? nil : Int64(ends[0]) ?? .max
    let last = ends[1].isEmpty ? nil : Int64(ends[1]) ?? .max - 1
    if let first {
      guard first < size, last ?? .max >= first else {
        self = first < size ? .whole : .unsatisfiable
        return
      }
      self = .part(first..<min(last ?? .max - 1, size - 1) + 1)
    } else {
      guard let last, last > 0, size > 0 else {
        self = .unsatisfiable
        return
      }
      self = .part(max(0, size - last)..<size)
    }
  }
}
