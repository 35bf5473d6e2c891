import Compute
import Formats
import Platform

/// The members of an object in a line of JSON Lines, as places in the line.
///
/// Objects of plain values are gone through byte by byte; for all others, and for what is wrong, a ``JSONValue`` is made of the line.
struct JSONRow {
  enum Value {
    case missing
    case truth(Bool)
    case whole(Int64)
    /// One that is larger.
    case unsigned(UInt64)
    case number(Double)
    case text(UnsafeBufferPointer<UInt8>)
    /// What has to be spelled first: text with escapes, lists, objects.
    case spelled([UInt8])
  }

  struct Member {
    var key: Key
    var value: Value
  }

  /// UTF-8.
  enum Key {
    case bytes(UnsafeBufferPointer<UInt8>)
    case spelled([UInt8])
  }

  /// Bytes of a line at most.
  static let longestLine = 256 << 20

  /// Valid as long as the line's bytes are.
  private(set) var members: [Member] = []

  /// Reads a line that is not blank.
  ///
  /// - Throws: ``ParseFailure`` with the column, and the line as it was given.
  mutating func read(
    _ line: UnsafeBufferPointer<UInt8>, number: Int
  ) throws(ParseFailure) {
    guard line.count <= Self.longestLine else {
      throw ParseFailure("a line is longer than \(Self.longestLine) bytes", line: number)
    }
    members.removeAll(keepingCapacity: true)
    if JSONRowScanner(line).scan(into: &members) { return }
    members.removeAll(keepingCapacity: true)
    do throws(ParseFailure) {
      guard case .object(let all) = try JSONValue(parsing: Array(line), allowsNonFinite: true)
      else { throw ParseFailure("each line must be an object: `{\"name\": value, …}`", column: 1) }
      for member in all {
        members.append(
          Member(key: .spelled(Array(member.key.utf8)), value: Self.value(member.value)))
      }
      spellUnsigned(in: line)
    } catch {
      var problem = error
      problem.line = number
      throw problem
    }
  }

  /// Numbers beyond `Int64` have become doubles: those that fit 64 bits are read again from the line, which is JSON.
  private mutating func spellUnsigned(in line: UnsafeBufferPointer<UInt8>) {
    let isLarge = members.contains { member in
      if case .number(let value) = member.value {
        value >= 0x1p63 && value <= 0x1p64
      } else {
        false
      }
    }
    guard isLarge else { return }
    let values = Self.valuePlaces(in: line)
    guard values.count == members.count else { return }
    for place in members.indices {
      guard case .number = members[place].value else { continue }
      let text = String(decoding: line[values[place]...].prefix { $0 &- 0x30 < 10 }, as: UTF8.self)
      let end = values[place] + text.utf8.count
      // A fraction or an exponent is none of a whole number.
      guard end == line.count || !".eE".utf8.contains(line[end]) else { continue }
      if let value = UInt64(text), value > Int64.max { members[place].value = .unsigned(value) }
    }
  }

  /// Where the values of an object's members begin.
  private static func valuePlaces(in line: UnsafeBufferPointer<UInt8>) -> [Int] {
    var places: [Int] = []
    var (depth, isText, isEscaped) = (0, false, false)
    for (place, byte) in line.enumerated() {
      if isText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ":") where depth == 1:
        let blanks = line[(place + 1)...].prefix { [0x20, 0x09, 0x0D].contains($0) }.count
        places.append(place + 1 + blanks)
      default: break
      }
    }
    return places
  }

  /// Whether nothing stands in a line.
  static func isBlank(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }

  private static func value(_ value: JSONValue) -> Value {
    switch value {
    case .null: .missing
    case .bool(let truth): .truth(truth)
    case .int(let value): .whole(value)
    case .double(let value): .number(value)
    case .string(let text): .spelled(Array(text.utf8))
    case .array, .object: .spelled(Array(value.text().utf8))
    }
  }
}
