import Compute
import Platform

/// Reads JSON Lines: an object in each line, whose keys are columns in the order in which they first appear.
///
/// A column whose values are all numbers is one of numbers, and one of truth values the same; all others are text, in which a
/// number stands as JSON writes it, and lists and objects as their JSON. What is `null`, or not there, is missing.
enum JSONLines {
  static func table(_ bytes: [UInt8], source: String?) throws(ParseFailure) -> Table {
    do {
      return try table(bytes, source)
    } catch let problem as ParseFailure {
      throw problem
    } catch {
      // Memory can always be read.
      throw ParseFailure("\(error)")
    }
  }

  private static func table(_ bytes: [UInt8], _ source: String?) throws -> Table {
    let stream = try JSONStream(TextOrigin(bytes, name: nil))
    let survey = stream.survey
    let kinds = stream.names.indices.map { column -> Column.Kind in
      let kind = survey.kind(of: column)
      // As pandas has it: truth values with missing ones among them are text, whole numbers are fractions.
      guard survey.hasMissing(column) else { return kind }
      return kind == .bool ? .text : kind == .int ? .float : kind
    }
    var numbers = [[Double]](repeating: [], count: kinds.count)
    var texts = stream.names.map { TextBuilder(name: $0) }
    var lines = RowLines()
    for column in kinds.indices {
      if kinds[column] != .text { numbers[column].reserveCapacity(survey.rowCount) }
    }
    try stream.read(kinds.map { $0 == .text ? .text : .numbers }, threads: 1) { part in
      Piece(part)
    } take: { piece in
      lines.append(piece.lines, movedBy: 0)
      for (column, cells) in piece.columns.enumerated() {
        switch cells {
        case .numbers(let values): numbers[column] += values
        case .codes(let codes, let words): try texts[column].append(codes, of: words)
        }
      }
    }
    let columns = kinds.indices.map { column in
      kinds[column] == .text
        ? texts[column].finish()
        : Column(stream.names[column], numbers[column], kind: kinds[column])
    }
    return Table(columns, source: source, lines: lines)
  }

  /// A copy of a part.
  private struct Piece: Sendable {
    var columns: [Column.Values]
    var lines: RowLines

    init(_ part: TablePart) {
      lines = part.lines
      columns = (0..<part.columnCount).map { column in
        if let numbers = part.numbers(of: column) { return .numbers(Array(numbers)) }
        guard let texts = part.texts(of: column) else { return .numbers([]) }
        return .codes(
          Array(texts.codes),
          categories: (0..<texts.wordCount).map {
            String(decoding: texts.word($0), as: UTF8.self)
          })
      }
    }
  }
}
