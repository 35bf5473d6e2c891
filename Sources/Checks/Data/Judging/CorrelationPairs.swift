/// The pairs of columns whose correlation is wanted, and how it is measured.
struct CorrelationPairs {
  struct Pair {
    var first: String
    var second: String
    var kind: CorrelationKind
  }

  private(set) var pairs: [Pair] = []

  /// - Parameter types: columns without a declared type are taken as categories for `auto`.
  init(_ kind: CorrelationKind, _ columns: [String], _ types: [String: ColumnType]) {
    for (place, first) in columns.enumerated() {
      for second in columns[(place + 1)...] {
        let numbers = [first, second].count { types[$0]?.isNumber == true }
        let suitable: CorrelationKind? =
          switch kind {
          case .auto: numbers == 2 ? .pearson : numbers == 1 ? .eta : .cramer
          case .pearson, .spearman: numbers == 2 ? kind : nil
          case .eta: numbers == 1 ? kind : nil
          case .cramer: numbers == 0 ? kind : nil
          }
        guard let suitable else { continue }
        // What says nothing of a row's value, as texts and times do, has too many values to be a category.
        let isCategory = [first, second].allSatisfy { name in
          switch types[name] {
          case .string, .date, .dateTime, .json, .image: false
          default: true
          }
        }
        if isCategory { pairs.append(Pair(first: first, second: second, kind: suitable)) }
      }
    }
  }

  var requests: [ScanRequest.Kind] {
    pairs.map { pair in
      pair.kind == .pearson
        ? .products(pair.first, pair.second) : .pairs(pair.first, pair.second)
    }
  }
}
