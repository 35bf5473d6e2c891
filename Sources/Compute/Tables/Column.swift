/// A named column of a table.
package struct Column: Sendable {
  package var name: String
  package var kind: Kind
  package var values: Values
  /// How the cells were spelled; nil when the column was not read from text.
  package var census: Census?

  /// What the cells hold, as pandas would type them.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case int, float, bool, text
  }

  package enum Values: Sendable {
    /// `int`, `float` and `bool` (0 and 1); NaN where the value is missing.
    case numbers([Double])
    /// `text`: an index into `categories` for each row, -1 where the value is missing. Categories
    /// are in the order of their first appearance.
    case codes([Int32], categories: [String])
  }

  /// What a reader saw in the cells, whatever kind the column got in the end.
  package struct Census: Sendable, Hashable {
    /// Cells that are numbers.
    package var numbers: Int
    /// Cells that are neither missing nor numbers.
    package var texts: Int
    /// The first row with such a cell.
    package var firstText: Int?
    /// The first row with an infinite number.
    package var firstInfinity: Int?

    package init(
      numbers: Int = 0, texts: Int = 0, firstText: Int? = nil, firstInfinity: Int? = nil
    ) {
      self.numbers = numbers
      self.texts = texts
      self.firstText = firstText
      self.firstInfinity = firstInfinity
    }
  }

  package init(name: String, kind: Kind, values: Values, census: Census? = nil) {
    self.name = name
    self.kind = kind
    self.values = values
    self.census = census
  }

  /// A column of numbers, NaN where missing.
  package init(_ name: String, _ numbers: [Double], kind: Kind = .float) {
    self.init(name: name, kind: kind, values: .numbers(numbers))
  }

  /// A column of text, nil where missing.
  package init(_ name: String, _ texts: [String?]) {
    var categories: [String] = []
    var known: [[UInt8]: Int32] = [:]
    let codes = texts.map { text -> Int32 in
      guard let text else { return -1 }
      if let code = known[Array(text.utf8)] { return code }
      known[Array(text.utf8)] = Int32(categories.count)
      categories.append(text)
      return Int32(categories.count - 1)
    }
    self.init(name: name, kind: .text, values: .codes(codes, categories: categories))
  }

  package var count: Int {
    switch values {
    case .numbers(let numbers): numbers.count
    case .codes(let codes, _): codes.count
    }
  }

  package var missingCount: Int {
    switch values {
    case .numbers(let numbers): numbers.count { $0.isNaN }
    case .codes(let codes, _): codes.count { $0 < 0 }
    }
  }

  /// The cells as numbers, NaN where missing; nil when some are neither numbers nor truth values.
  ///
  /// Truth values with missing ones among them are text, as in pandas; here they are 0 and 1 all the
  /// same.
  package var numbers: [Double]? {
    switch values {
    case .numbers(let numbers): return numbers
    case .codes(let codes, let categories):
      let truths = categories.map(Self.truth)
      guard !truths.contains(nil) else { return nil }
      return codes.map { $0 < 0 ? .nan : truths[Int($0)] == true ? 1 : 0 }
    }
  }

  /// What pandas takes for truth values: the two words in any case.
  static func truth(_ word: String) -> Bool? {
    switch word.lowercased() {
    case "true": true
    case "false": false
    default: nil
    }
  }

  package func isMissing(_ row: Int) -> Bool {
    switch values {
    case .numbers(let numbers): numbers[row].isNaN
    case .codes(let codes, _): codes[row] < 0
    }
  }
}
