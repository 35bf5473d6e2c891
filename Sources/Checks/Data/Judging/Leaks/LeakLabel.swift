import Compute
import Platform

/// What features are to tell.
enum LeakLabel {
  /// Each class has a place.
  case classes(WordIndex)
  /// Numbers, which are taken from near their mean, so that little is lost to rounding.
  case numbers(center: Double)

  /// Whole numbers of more different values are not classes.
  static let mostNumbers = 20
  /// More texts are no classes.
  static let mostClasses = 1000

  /// - Parameter scans: of the label, in the table that is learnt from first.
  /// - Throws: ``Failure``: it has too many different texts.
  init(_ scans: [CellsScan]) throws {
    let hasTexts = scans.contains(where: \.hasTexts)
    let isNumber = !hasTexts && scans.allSatisfy(\.isOfNumbers)
    let isMeasured = isNumber && scans.contains { $0.type == .float || $0.type?.isTime == true }
    if !isMeasured {
      let most = isNumber ? Self.mostNumbers : Self.mostClasses
      let index = try Self.values(of: scans, most)
      if index.count <= most {
        self = .classes(index)
        return
      }
      guard isNumber else {
        throw Failure(
          .invalid,
          "`\(scans.first?.column ?? "")` has more than \(DigitGroups.text(most)) different values, which are no classes",
          hint: "declare it as `float` if it is a number")
      }
    }
    var spread = Spread()
    for scan in scans.prefix(1) {
      try LeakRows(values: scan.store, labels: scan.store).forEachNumber(from: 0) { _, number in
        spread.add(number)
      }
    }
    self = .numbers(center: spread.mean)
  }

  /// The different values, or more than wanted.
  private static func values(of scans: [CellsScan], _ most: Int) throws -> WordIndex {
    struct Enough: Error {}
    var index = WordIndex()
    do {
      for scan in scans {
        try scan.store.forEachBlock { words in
          for word in words where word != CellsScan.missing {
            _ = index.add(word)
            if index.count > most { throw Enough() }
          }
        }
      }
    } catch is Enough {}
    return index
  }
}

extension CellsScan {
  /// Whether its words are numbers, by which rows have an order.
  var isOfNumbers: Bool {
    guard !hasTexts else { return false }
    switch type {
    case .string, .category, .json, .image: return false
    case .int, .float, .bool, .date, .dateTime, nil: return true
    }
  }
}

extension ColumnType {
  var isTime: Bool {
    switch self {
    case .date, .dateTime: true
    case .int, .float, .bool, .string, .category, .json, .image: false
    }
  }
}
