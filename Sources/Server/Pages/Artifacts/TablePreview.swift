import Formats
import Platform

/// The first rows of a table.
struct TablePreview {
  var names: [String]
  var rows: [[String]]
  /// Of the whole table, when that is known.
  var rowCount: Int?
  var columnCount: Int

  static let rowLimit = 100
  static let columnLimit = 60

  /// - Parameter isCut: whether the bytes are the beginning of a longer file.
  init(csv bytes: [UInt8], isTabbed: Bool, isCut: Bool) throws {
    let dialect = isTabbed ? CSVDialect.tabs : CSVDialect.sniffed(bytes)
    var reader = try CSVReader(bytes, dialect: dialect)
    names = try reader.next() ?? []
    columnCount = names.count
    rows = []
    while rows.count < Self.rowLimit {
      do {
        guard let row = try reader.next() else { break }
        rows.append(Array(row.prefix(Self.columnLimit)))
      } catch {
        // What the cut cuts is no row.
        if isCut, !rows.isEmpty { break }
        throw error
      }
    }
    if !isCut, rows.count < Self.rowLimit { rowCount = rows.count }
    names = Array(names.prefix(Self.columnLimit))
  }

  init(parquet file: ParquetFile) throws {
    names = file.columns.prefix(Self.columnLimit).map(\.name)
    columnCount = file.columns.count
    rowCount = file.rowCount
    guard file.groupCount > 0 else {
      rows = []
      return
    }
    let columns = try names.indices.map { index in
      file.columns[index].isRepeated
        ? [] : try ParquetCells.first(Self.rowLimit, of: index, in: file)
    }
    let count = columns.map(\.count).max() ?? 0
    rows = (0..<count).map { row in columns.map { row < $0.count ? $0[row] : "…" } }
  }

  func html(_ at: PageContext) -> HTML {
    let isNumber = names.indices.map { column in
      let cells = rows.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil }
      return !cells.isEmpty && cells.allSatisfy { Double($0) != nil }
    }
    let size =
      rowCount.map { at.counted(.rowCount, $0) } ?? at[.firstRows, String(rows.count)]
    return """
      <p class="quiet">\(size) · \(at.counted(.columnCount, columnCount))</p>
      <div class="sheet" tabindex="0" role="region" aria-label="\(at[.table])"><table class="data"><thead><tr>\
      \(zip(names, isNumber).map { "<th scope=\"col\"\($1 ? " class=\"number\"" as HTML : .nothing)>\($0)</th>" as HTML })</tr></thead><tbody>
      \(rows.map { row -> HTML in
        "<tr>\(zip(row, isNumber).map { "<td\($1 ? " class=\"number\"" as HTML : .nothing)>\($0.prefix(200))</td>" as HTML })</tr>\n"
      })</tbody></table></div>
      """
  }
}
