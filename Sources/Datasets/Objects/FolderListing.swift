import Formats
import Platform

/// The object of a folder: which file has which digest. Its bytes are those of Python's `json.dumps` of a list of
/// `{"md5", "relpath"}`, in the order of the paths, because their md5 is its name.
package enum FolderListing {
  /// The bytes of the listing of a table's hashed files.
  package static func bytes(of table: FileTable) -> [UInt8] {
    var text: [UInt8] = [UInt8(ascii: "[")]
    text.reserveCapacity(table.count * 80)
    var isFirst = true
    for index in table.entries.indices where table.entries[index].isHashed {
      text += isFirst ? "{\"md5\": \"".utf8 : ", {\"md5\": \"".utf8
      isFirst = false
      text += table.entries[index].digest.hex.utf8
      text += "\", \"relpath\": \"".utf8
      escape(table.path(index), into: &text)
      text += "\"}".utf8
    }
    text.append(UInt8(ascii: "]"))
    return text
  }

  /// Python's `ensure_ascii`: everything but printable ASCII as `\uXXXX`, in UTF-16.
  static func escape(_ path: ArraySlice<UInt8>, into text: inout [UInt8]) {
    if path.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) {
      text += path
      return
    }
    for unit in String(decoding: path, as: UTF8.self).utf16 {
      switch unit {
      case 0x22: text += "\\\"".utf8
      case 0x5C: text += "\\\\".utf8
      case 0x0A: text += "\\n".utf8
      case 0x0D: text += "\\r".utf8
      case 0x09: text += "\\t".utf8
      case 0x08: text += "\\b".utf8
      case 0x0C: text += "\\f".utf8
      case 0x20..<0x7F: text.append(UInt8(unit))
      default:
        text += "\\u".utf8
        for shift in [12, 8, 4, 0] {
          let digit = UInt8(unit >> UInt16(shift) & 15)
          text.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
      }
    }
  }

  /// Reads a listing.
  ///
  /// - Throws: ``Failure`` with `.corrupt`: no JSON of this shape, a path that is empty, absolute, has `..` or is there
  ///   twice, a digest that is none.
  package static func table(of bytes: [UInt8], name: String) throws -> FileTable {
    if let table = plainTable(of: bytes) { return table }
    func corrupt(_ why: String) -> Failure {
      Failure(.corrupt, "the object `\(name)` is no listing of a folder: \(why)")
    }
    let value: JSONValue
    do { value = try JSONValue(parsing: bytes) } catch { throw corrupt(error.message) }
    guard let items = value.array else { throw corrupt("it is no list") }
    var table = FileTable()
    table.reserve(items.count)
    var isSorted = true
    for item in items {
      guard let path = item["relpath"]?.string.map({ Array($0.utf8) }), isSafe(path) else {
        throw corrupt("a path is missing or leads elsewhere")
      }
      guard let digest = item["md5"]?.string.flatMap({ MD5Digest(hex: $0) }) else {
        throw corrupt("`\(String(decoding: path, as: UTF8.self))` has no md5")
      }
      if table.count > 0 {
        let order = FileTable.order(table.path(table.count - 1), path[...])
        guard order != 0 else {
          throw corrupt("`\(String(decoding: path, as: UTF8.self))` is there twice")
        }
        isSorted = isSorted && order < 0
      }
      table.append(path: path, FileTable.Entry(digest: digest))
    }
    return isSorted ? table : try sorted(table) { corrupt("`\($0)` is there twice") }
  }

  /// Reads a listing that is written just as ``bytes(of:)`` writes it, without escapes and in order, as nearly all are:
  /// ten times sooner than any JSON. Nil for every other.
  private static func plainTable(of bytes: [UInt8]) -> FileTable? {
    let head = Array("{\"md5\": \"".utf8)
    let middle = Array("\", \"relpath\": \"".utf8)
    var table = FileTable()
    table.reserve(bytes.count / 90)
    var place = 1
    func starts(_ text: [UInt8]) -> Bool {
      place + text.count <= bytes.count
        && text.indices.allSatisfy { bytes[place + $0] == text[$0] }
    }
    guard bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") else { return nil }
    while place < bytes.count - 1 {
      if table.count > 0 {
        guard starts([0x2C, 0x20]) else { return nil }
        place += 2
      }
      guard starts(head) else { return nil }
      place += head.count
      guard place + 32 <= bytes.count, let digest = MD5Digest(hex: bytes[place..<place + 32])
      else { return nil }
      place += 32
      guard starts(middle) else { return nil }
      place += middle.count
      let start = place
      while place < bytes.count, bytes[place] != 0x22 {
        guard bytes[place] != 0x5C, bytes[place] >= 0x20, bytes[place] < 0x80 else { return nil }
        place += 1
      }
      guard place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "}") else { return nil }
      let path = bytes[start..<place]
      guard isPlain(path),
        table.count == 0 || FileTable.order(table.path(table.count - 1), path) < 0
      else { return nil }
      table.append(path: path, FileTable.Entry(digest: digest))
      place += 2
    }
    return place == bytes.count - 1 ? table : nil
  }

  /// As ``isSafe(_:)``, without taking the path apart: no step is empty, `.` or `..`.
  private static func isPlain(_ path: ArraySlice<UInt8>) -> Bool {
    var length = 0
    var isDots = true
    for byte in path {
      if byte == UInt8(ascii: "/") {
        if length == 0 || isDots && length < 3 { return false }
        length = 0
        isDots = true
      } else {
        length += 1
        isDots = isDots && byte == 0x2E
      }
    }
    return length > 0 && !(isDots && length < 3)
  }

  private static func sorted(
    _ table: FileTable, _ twice: (String) -> Failure
  ) throws -> FileTable {
    let order = table.entries.indices.sorted {
      FileTable.order(table.path($0), table.path($1)) < 0
    }
    var result = FileTable()
    result.reserve(table.count)
    for index in order {
      if result.count > 0, FileTable.order(result.path(result.count - 1), table.path(index)) == 0 {
        throw twice(table.text(index))
      }
      result.append(path: table.path(index), table.entries[index])
    }
    return result
  }

  /// Whether a path stays below its folder: no empty step, no `.` or `..`, no null byte.
  static func isSafe(_ path: [UInt8]) -> Bool {
    guard !path.isEmpty, !path.contains(0) else { return false }
    return path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty && !$0.elementsEqual([0x2E]) && !$0.elementsEqual([0x2E, 0x2E])
    }
  }
}
