import Platform

/// What the header of NumPy's format says, a dictionary as Python writes it: `{'descr': '<f8', 'fortran_order': False,
/// 'shape': (3, 4), }`.
struct NumPyHeader {
  var type: String
  var isFortranOrder: Bool
  var shape: [Int]

  init(type: String, isFortranOrder: Bool, shape: [Int]) {
    self.type = type
    self.isFortranOrder = isFortranOrder
    self.shape = shape
  }

  init(_ text: String) throws(ParseFailure) {
    func value(_ key: String) -> Substring? {
      for quote in ["'", "\""] {
        guard let found = text.range(of: quote + key + quote) else { continue }
        let rest = text[found.upperBound...].drop { $0 == " " }
        guard rest.first == ":" else { continue }
        return rest.dropFirst().drop { $0 == " " }
      }
      return nil
    }
    guard let description = value("descr"), let order = value("fortran_order"),
      let shape = value("shape")
    else { throw ParseFailure("the header does not name a type, an order and a shape") }
    guard let quote = description.first, quote == "'" || quote == "\"" else {
      throw ParseFailure(
        "a table of named fields is not read", hint: "save each field as an array of its own")
    }
    type = String(description.dropFirst().prefix { $0 != quote })
    isFortranOrder = order.hasPrefix("True")
    guard shape.first == "(", let end = shape.firstIndex(of: ")") else {
      throw ParseFailure("the header's shape is no list of sizes")
    }
    self.shape = []
    for part in shape[shape.index(after: shape.startIndex)..<end].split(separator: ",") {
      let digits = part.filter { $0 != " " && $0 != "L" }
      if digits.isEmpty { continue }
      guard let size = Int(digits), size >= 0, self.shape.count < 64 else {
        throw ParseFailure("the header's shape is no list of sizes")
      }
      self.shape.append(size)
    }
  }
}

extension String {
  /// Where a text first stands in this one.
  fileprivate func range(of text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
