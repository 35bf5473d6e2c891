import Compute

/// Any column as codes of texts: numbers are spelled as whole numbers where they are whole.
struct CategoryCodes {
  /// -1 where the value is missing.
  let codes: [Int32]
  let categories: [String]

  init(_ column: Column) {
    switch column.values {
    case .codes(let codes, let categories):
      self.codes = codes
      self.categories = categories
    case .numbers(let numbers):
      var categories: [String] = []
      var known: [Double: Int32] = [:]
      codes = numbers.map { number in
        if number.isNaN { return -1 }
        if let code = known[number] { return code }
        let code = Int32(categories.count)
        known[number] = code
        categories.append(Self.spelling(number, column.kind))
        return code
      }
      self.categories = categories
    }
  }

  /// Where each code, from -1 on, stands among other categories: -1 when it does not, which for a
  /// missing value means that there is no place for missing ones.
  func places(_ wanted: [String], missing: Bool) -> [Int] {
    // By bytes, as tables tell them apart: a `String` takes two spellings of one letter for the
    // same.
    var index: [[UInt8]: Int] = [:]
    for (place, category) in wanted.enumerated() { index[Array(category.utf8)] = place }
    return [missing ? wanted.count : -1] + categories.map { index[Array($0.utf8)] ?? -1 }
  }

  private static func spelling(_ number: Double, _ kind: Column.Kind) -> String {
    if kind == .bool { return number == 0 ? "False" : "True" }
    return Int64(exactly: number).map(String.init) ?? "\(number)"
  }
}
