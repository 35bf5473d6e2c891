/// What a text for `str.format` asks for (Python's library reference, "Format String Syntax").
struct BraceFormat {
  /// Why a text cannot be read.
  struct Problem: Error { var reason: String }

  /// How many `{}` there are.
  var automatic = 0
  var places: Set<Int> = []
  var keys: Set<String> = []

  init(_ text: [UInt8]) throws(Problem) { try read(text[...], isNested: false) }

  private mutating func read(_ text: ArraySlice<UInt8>, isNested: Bool) throws(Problem) {
    let open = UInt8(ascii: "{")
    let close = UInt8(ascii: "}")
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      guard byte == open || byte == close else {
        index += 1
        continue
      }
      if index + 1 < text.endIndex, text[index + 1] == byte {
        index += 2
        continue
      }
      guard byte == open else { throw Problem(reason: "single `}`") }
      var depth = 0
      let start = index + 1
      index = start
      while true {
        guard index < text.endIndex else { throw Problem(reason: "expected `}`") }
        if text[index] == open {
          guard depth == 0 else { throw Problem(reason: "fields are nested too deeply") }
          depth = 1
        } else if text[index] == close {
          if depth == 0 { break }
          depth = 0
        }
        index += 1
      }
      try readField(text[start..<index], isNested)
      index += 1
    }
  }

  private mutating func readField(_ field: ArraySlice<UInt8>, _ isNested: Bool) throws(Problem) {
    let colon = field.firstIndex(of: UInt8(ascii: ":")) ?? field.endIndex
    var name = field[..<colon]
    if let mark = name.firstIndex(of: UInt8(ascii: "!")) {
      guard String(decoding: name[(mark + 1)...], as: UTF8.self).count == 1 else {
        throw Problem(reason: "unknown conversion")
      }
      name = name[..<mark]
    }
    try readName(name)
    if colon < field.endIndex, !isNested { try read(field[(colon + 1)...], isNested: true) }
  }

  private mutating func readName(_ name: ArraySlice<UInt8>) throws(Problem) {
    let dot = UInt8(ascii: ".")
    let bracket = UInt8(ascii: "[")
    let end = name.firstIndex { $0 == dot || $0 == bracket } ?? name.endIndex
    let first = String(decoding: name[..<end], as: UTF8.self)
    if first.isEmpty {
      automatic += 1
    } else if let place = Int(first), place >= 0, first.first != "-" {
      places.insert(place)
    } else {
      keys.insert(first)
    }
    var index = end
    while index < name.endIndex {
      let start = index + 1
      if name[index] == dot {
        index = name[start...].firstIndex { $0 == dot || $0 == bracket } ?? name.endIndex
        if index == start { throw Problem(reason: "empty attribute") }
      } else if name[index] == bracket {
        guard let close = name[start...].firstIndex(of: UInt8(ascii: "]")) else {
          throw Problem(reason: "missing `]`")
        }
        if close == start { throw Problem(reason: "empty attribute") }
        index = close + 1
      } else {
        throw Problem(reason: "only `.` or `[` may follow `]`")
      }
    }
  }
}
