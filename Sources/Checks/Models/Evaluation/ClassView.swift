import Compute
import Platform

/// True and predicted classes of rows.
struct ClassView: Sendable {
  let names: [String]
  /// -1 where the label is missing.
  let actual: [Int32]
  let predicted: [Int32]
  let probabilities: Matrix?
  /// The place of the class that precision, recall and fairness are of; nil with more than two classes and none named.
  let positive: Int?

  /// Joins what a model answered with the column of true values: classes are the model's, in its order, and behind them
  /// those that only the labels have.
  ///
  /// - Parameters:
  ///   - names: the classes of the answers; put in order when no probabilities depend on it.
  ///   - positive: as the suite names it.
  init(
    names: [String], labels: [Int32], probabilities: Matrix?, truth: Column, positive: String?
  ) throws {
    let spelling = ClassSpelling(truth)
    var all = names
    var places = ClassPlaces(names)
    let others = CellText.sorted(spelling.names.filter { places[$0] == nil })
    for name in others { places.add(name, &all) }
    var predicted = labels
    var matrix = probabilities
    if probabilities == nil {
      // Any order would do; this one is scikit-learn's.
      let sorted = CellText.sorted(all)
      let order = Dictionary(zip(sorted, sorted.indices), uniquingKeysWith: { first, _ in first })
      let moved = all.map { name in Int32(order[name] ?? 0) }
      predicted = labels.map { moved[Int($0)] }
      all = sorted
      places = ClassPlaces(sorted)
    } else if let own = probabilities, all.count > own.columns {
      var wide = Matrix(rows: own.rows, columns: all.count)
      for row in 0..<own.rows {
        for column in 0..<own.columns { wide[row, column] = own[row, column] }
      }
      matrix = wide
    }
    let codes = spelling.names.map { Int32(places[$0] ?? 0) }
    actual = spelling.codes.map { $0 < 0 ? -1 : codes[Int($0)] }
    self.names = all
    self.predicted = predicted
    self.probabilities = matrix
    if let positive {
      guard let place = places[positive] else {
        throw Failure(
          .notFound, "there is no class `\(positive)`",
          hint: nearestName(to: positive, among: all).map { "did you mean `\($0)`?" }
            ?? "classes are \(all.prefix(20).joined(separator: ", "))")
      }
      self.positive = place
    } else {
      self.positive = all.count == 2 ? 1 : nil
    }
  }

  /// - Throws: ``Failure`` when nobody says which of several classes is meant.
  func positive(for what: String) throws -> Int {
    if let positive { return positive }
    throw Failure(
      .invalid, "\(what) is of one class, and there are \(names.count)",
      hint: "say which with `positive: \(names.first ?? "CLASS")` in the suite")
  }
}

/// The cells of a label column as classes.
struct ClassSpelling {
  let codes: [Int32]
  let names: [String]

  init(_ column: Column) {
    switch column.values {
    case .codes(let codes, let categories):
      // Only those that occur.
      var isUsed = [Bool](repeating: false, count: categories.count)
      for code in codes where code >= 0 { isUsed[Int(code)] = true }
      var places = [Int32](repeating: -1, count: categories.count)
      var names: [String] = []
      for (code, name) in categories.enumerated() where isUsed[code] {
        places[code] = Int32(names.count)
        names.append(name)
      }
      self.codes = codes.map { $0 < 0 ? -1 : places[Int($0)] }
      self.names = names
    case .numbers(let numbers):
      var known: [Double: Int32] = [:]
      var names: [String] = []
      codes = numbers.indices.map { row in
        let number = numbers[row]
        if number.isNaN { return -1 }
        if let code = known[number] { return code }
        let code = Int32(names.count)
        known[number] = code
        names.append(CellText.text(column, row) ?? "")
        return code
      }
      self.names = names
    }
  }
}

/// Classes by their names. `1`, `1.0` and `True` are one class where only one of them is there.
struct ClassPlaces {
  private var texts: [String: Int] = [:]
  private var numbers: [Double: Int] = [:]

  init(_ names: [String]) {
    for (place, name) in names.enumerated() { add(name, place) }
  }

  mutating func add(_ name: String, _ all: inout [String]) {
    add(name, all.count)
    all.append(name)
  }

  private mutating func add(_ name: String, _ place: Int) {
    if texts[name] == nil { texts[name] = place }
    if let number = Self.number(name), numbers[number] == nil { numbers[number] = place }
  }

  subscript(name: String) -> Int? {
    texts[name] ?? Self.number(name).flatMap { numbers[$0] }
  }

  private static func number(_ name: String) -> Double? {
    switch name.lowercased() {
    case "true": 1
    case "false": 0
    default: PlainValue.number(name)
    }
  }
}
