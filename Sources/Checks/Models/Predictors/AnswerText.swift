import Compute
import Formats
import Learning
import Platform

/// Reads predictions that another program wrote.
enum AnswerText {
  /// - Parameter bytes: JSON when it begins with a bracket, else CSV.
  static func answers(_ bytes: [UInt8]) throws(ParseFailure) -> Answers {
    let start = bytes.first { !($0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D) }
    switch start {
    case nil: throw ParseFailure("it is empty")
    case UInt8(ascii: "["): return try answers(JSONValue(parsing: bytes, allowsNonFinite: true))
    case UInt8(ascii: "{"): return try objects(bytes)
    default: return try columns(table(bytes))
    }
  }

  // MARK: CSV

  /// A single column may come without a header: a first line that is a number is none.
  private static func table(_ bytes: [UInt8]) throws(ParseFailure) -> Table {
    let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
    let first = String(decoding: line, as: UTF8.self)
    let isBare = !line.contains(UInt8(ascii: ",")) && PlainValue.number(first) != nil
    return try TableFile.table(isBare ? Array("prediction\n".utf8) + bytes : bytes)
  }

  private static func columns(_ table: Table) throws(ParseFailure) -> Answers {
    guard let first = table.columns.first else { throw ParseFailure("it has no column") }
    let named = table.columns.filter { className($0.name) != nil }
    let others = table.columns.filter { className($0.name) == nil }
    if named.count == 1, others.isEmpty, let values = first.numbers,
      let name = className(first.name)
    {
      // As `reprise predict` writes it: the probability of the second of two classes.
      let positive = name
      let negative = positive == "1" ? "0" : positive == "True" ? "False" : "not \(positive)"
      return binary(values, names: [negative, positive])
    }
    if named.count > 1 {
      return try probabilities(
        named.map { Answers.ClassColumn(name: className($0.name) ?? "", column: $0) })
    }
    if table.columns.count > 1, table.columns.allSatisfy({ $0.numbers != nil }) {
      return try probabilities(
        table.columns.map { Answers.ClassColumn(name: $0.name, column: $0) })
    }
    guard table.columns.count == 1 else {
      throw ParseFailure(
        "it has the columns \(table.columns.map(\.name).joined(separator: ", "))",
        hint: "write one column of predictions, or a column `p(CLASS)` for each class")
    }
    switch first.values {
    case .numbers(let values): return Answers(.numbers(values))
    case .codes(let codes, let categories):
      if let row = codes.firstIndex(where: { $0 < 0 }) {
        throw ParseFailure("there is no prediction for row \(row + 1)")
      }
      return Answers(.classes(names: categories, labels: codes, probabilities: nil))
    }
  }

  private static func probabilities(
    _ columns: [Answers.ClassColumn]
  ) throws(ParseFailure) -> Answers {
    let matrix = try Answers.matrix(columns)
    return Answers(
      .classes(
        names: columns.map(\.name), labels: Answers.likeliest(matrix), probabilities: matrix))
  }

  /// From the probability of the second of two classes.
  static func binary(_ values: [Double], names: [String]) -> Answers {
    var matrix = Matrix(rows: values.count, columns: 2)
    for (row, value) in values.enumerated() {
      matrix[row, 0] = 1 - value
      matrix[row, 1] = value
    }
    return Answers(
      .classes(names: names, labels: Answers.likeliest(matrix), probabilities: matrix))
  }

  /// `Adelie` of `p(Adelie)`.
  static func className(_ column: String) -> String? {
    guard column.hasPrefix("p("), column.hasSuffix(")") else { return nil }
    return String(column.dropFirst(2).dropLast())
  }

  // MARK: JSON

  /// `[1.5, 2]`, `["a", "b"]`, `[[0.1, 0.9], …]`, or objects of the same keys; MLflow's `{"predictions": …}` around it.
  static func answers(_ json: JSONValue) throws(ParseFailure) -> Answers {
    if let inner = json["predictions"] { return try answers(inner) }
    guard let items = json.array else {
      throw ParseFailure("it is no list of predictions")
    }
    if let first = items.first, first.array != nil { return try rows(items) }
    if let first = items.first, first.members != nil { return try members(items) }
    let numbers = items.map(number)
    if !numbers.contains(nil) { return Answers(.numbers(numbers.map { $0 ?? .nan })) }
    var texts: [String] = []
    for (row, item) in items.enumerated() {
      guard let text = text(item) else {
        throw ParseFailure("there is no prediction for row \(row + 1)")
      }
      texts.append(text)
    }
    return Answers(classes: texts)
  }

  /// Lists of probabilities, of the classes 0, 1, ….
  private static func rows(_ items: [JSONValue]) throws(ParseFailure) -> Answers {
    let width = items.first?.array?.count ?? 0
    var columns = [[Double]](repeating: [], count: width)
    for (row, item) in items.enumerated() {
      guard let values = item.array, values.count == width else {
        throw ParseFailure(
          "row \(row + 1) has \(item.array?.count ?? 0) numbers, and the first one \(width)")
      }
      for (place, value) in values.enumerated() {
        guard let number = number(value) else {
          throw ParseFailure("`\(value.text())` of row \(row + 1) is no number")
        }
        columns[place].append(number)
      }
    }
    if width == 1 { return Answers(.numbers(columns[0])) }
    guard width > 1 else { throw ParseFailure("its rows are empty") }
    return try probabilities(
      columns.enumerated().map { Answers.ClassColumn(name: String($0), column: Column("", $1)) })
  }

  private static func objects(_ bytes: [UInt8]) throws(ParseFailure) -> Answers {
    var items: [JSONValue] = []
    if let whole = try? JSONValue(parsing: bytes, allowsNonFinite: true) {
      if whole["predictions"] != nil { return try answers(whole) }
      items = [whole]
    } else {
      var line = 0
      for part in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
        line += 1
        if part.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
        do throws(ParseFailure) {
          items.append(try JSONValue(parsing: Array(part), allowsNonFinite: true))
        } catch {
          throw ParseFailure("line \(line): \(error.message)")
        }
      }
    }
    return try members(items)
  }

  /// Objects: with `probabilities` by class, with `prediction`, or of one key.
  private static func members(_ items: [JSONValue]) throws(ParseFailure) -> Answers {
    if let names = items.first?["probabilities"]?.members?.map(\.key), names.count > 1 {
      var columns = [[Double]](repeating: [], count: names.count)
      for (row, item) in items.enumerated() {
        for (place, name) in names.enumerated() {
          guard let value = item["probabilities"]?[name].flatMap(number) else {
            throw ParseFailure("row \(row + 1) has no probability of `\(name)`")
          }
          columns[place].append(value)
        }
      }
      return try probabilities(
        zip(names, columns).map { Answers.ClassColumn(name: $0, column: Column($0, $1)) })
    }
    var values: [JSONValue] = []
    for (row, item) in items.enumerated() {
      guard let members = item.members,
        let value = item["prediction"]
          ?? (members.count == 1 ? members.first?.value : JSONValue?.none)
      else {
        throw ParseFailure(
          "row \(row + 1) has no `prediction`",
          hint:
            "write `{\"prediction\": …}`, or `{\"probabilities\": {\"CLASS\": …}}`, in each line")
      }
      values.append(value)
    }
    return try answers(.array(values))
  }

  private static func number(_ json: JSONValue) -> Double? {
    // NaN is an answer too, of which is told where answers are looked at.
    json.number
  }

  private static func text(_ json: JSONValue) -> String? {
    if let truth = json.bool { return truth ? "True" : "False" }
    return json.string ?? json.number.map { PlainValue.text($0) }
  }
}
