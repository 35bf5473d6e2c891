import Compute

/// A table of texts in which faults are planted.
struct FaultyTable: Sendable {
  var names: [String]
  var rows: [[String]]

  init(names: [String], rows: [[String]]) {
    self.names = names
    self.rows = rows
  }

  /// A table without quotes.
  init(csv: String) {
    let lines = csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    self.init(names: lines.first ?? [], rows: Array(lines.dropFirst()))
  }

  var csv: String {
    ([names] + rows).map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  func place(_ name: String) -> Int { names.firstIndex(of: name) ?? 0 }

  /// The numbers of a column; nil when something else stands there.
  func numbers(_ name: String) -> [Double]? {
    let texts = rows.map { $0[place(name)] }.filter { !$0.isEmpty && $0 != "NA" }
    let numbers = texts.compactMap(Double.init)
    return numbers.count == texts.count ? numbers : nil
  }

  // MARK: Faults

  func swapping(_ first: String, _ second: String) -> FaultyTable {
    var table = self
    for row in rows.indices { table.rows[row].swapAt(place(first), place(second)) }
    return table
  }

  /// As when metres are kilometres.
  func scaling(_ name: String, by factor: Double) -> FaultyTable {
    var table = self
    for row in rows.indices {
      if let number = Double(rows[row][place(name)]) {
        table.rows[row][place(name)] = "\(number * factor)"
      }
    }
    return table
  }

  func losing(_ share: Double, of name: String, _ stream: inout RandomStream) -> FaultyTable {
    var table = self
    for row in rows.indices where stream.unit() < share { table.rows[row][place(name)] = "" }
    return table
  }

  func repeating(_ share: Double, _ stream: inout RandomStream) -> FaultyTable {
    var table = self
    table.rows += rows.filter { _ in stream.unit() < share }
    return table
  }

  /// The column tells the label, with the mean that it had and inside of what it had.
  func leaking(_ label: String, into name: String) -> FaultyTable {
    guard let numbers = numbers(name) else { return self }
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let width = min(mean - (numbers.min() ?? 0), (numbers.max() ?? 0) - mean) / 2
    let labels = Array(Set(rows.map { $0[place(label)] })).sorted()
    let codes = rows.map { Double(labels.firstIndex(of: $0[place(label)]) ?? 0) }
    let middle = codes.reduce(0, +) / Double(codes.count)
    var table = self
    for (row, code) in codes.enumerated() where Double(rows[row][place(name)]) != nil {
      let number = mean + (code - middle) / Double(max(1, labels.count - 1)) * width
      table.rows[row][place(name)] = "\(number)"
    }
    return table
  }

  /// Half of the most frequent class becomes the next one.
  func shifting(_ label: String, _ stream: inout RandomStream) -> FaultyTable {
    var counts: [String: Int] = [:]
    for row in rows { counts[row[place(label)], default: 0] += 1 }
    let sorted = counts.sorted { ($0.value, $0.key) > ($1.value, $1.key) }
    var table = self
    for row in rows.indices where rows[row][place(label)] == sorted[0].key && stream.unit() < 0.5 {
      table.rows[row][place(label)] = sorted[1].key
    }
    return table
  }

  // MARK: Resamples

  /// So many rows, each at most once.
  func sample(_ count: Int, _ stream: inout RandomStream) -> FaultyTable {
    var rows = rows
    for place in 0..<count {
      rows.swapAt(place, place + stream.integer(below: rows.count - place))
    }
    return FaultyTable(names: names, rows: Array(rows.prefix(count)))
  }

  /// So many rows, any of them more than once.
  func bootstrap(_ count: Int, _ stream: inout RandomStream) -> FaultyTable {
    FaultyTable(
      names: names, rows: (0..<count).map { _ in rows[stream.integer(below: rows.count)] })
  }
}
