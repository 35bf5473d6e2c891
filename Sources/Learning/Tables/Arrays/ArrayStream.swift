import Compute
import Formats
import Platform
import SystemPackage

/// An array of NumPy's or MNIST's, or an archive of arrays of one length.
struct ArrayStream: TableStream {
  let names: [String]
  let kinds: [Column.Kind?]
  let source: String?
  let rowCount: Int?

  private let arrays: [Columns]
  fileprivate let partRows: Int

  /// An array, and which of the table's columns its first place is.
  private struct Columns: Sendable {
    var array: NumPyRows
    var first: Int
    var width: Int
  }

  /// - Parameter bytes: of the file, where they are not as they lie in it.
  init(_ path: FilePath, _ bytes: [UInt8]?, isIDX: Bool, partSize: Int) throws {
    let array =
      try bytes.map { try NumPyRows(parsing: $0, isIDX: isIDX) } ?? NumPyRows(path, isIDX: isIDX)
    try self.init([(nil, array)], source: path.string, partSize: partSize)
  }

  /// An archive of `numpy.savez`; its arrays are held in memory as they are stored.
  init(archive path: FilePath, partSize: Int) throws {
    let archive = try ZipArchive(path)
    var arrays: [(String?, NumPyRows)] = []
    for entry in archive.entries where entry.kind == .file && entry.name.hasSuffix(".npy") {
      do {
        let bytes = try archive.content(of: entry, limit: 8 << 30)
        arrays.append((String(entry.name.dropLast(4)), try NumPyRows(parsing: bytes)))
      } catch let problem as ParseFailure {
        throw ParseFailure("`\(entry.name)`: \(problem.message)", hint: problem.hint)
          .failure(in: path.string)
      }
    }
    guard !arrays.isEmpty else { throw TableFile.noArray(in: path) }
    try self.init(arrays, source: path.string, partSize: partSize)
  }

  private init(
    _ arrays: [(name: String?, array: NumPyRows)], source: String, partSize: Int
  ) throws {
    var names: [String] = []
    var kinds: [Column.Kind?] = []
    var counts: [Int] = []
    self.arrays = try arrays.map { name, array in
      let width: Int
      do throws(ParseFailure) {
        width = try TableFile.width(of: array.shape)
      } catch {
        guard let name else { throw error.failure(in: source) }
        throw ParseFailure("`\(name).npy`: \(error.message)", hint: error.hint)
          .failure(in: source)
      }
      let first = names.count
      names += TableFile.columnNames(shape: array.shape, width: width, name: name)
      let kind = TableFile.kind(of: array.kind)
      kinds += Array(repeating: kind, count: width)
      counts.append(array.shape[0])
      if let problem = TableFile.unequal(
        (names[0], counts[0]), (names[first], array.shape[0]), source)
      {
        throw problem
      }
      return Columns(array: array, first: first, width: width)
    }
    self.names = names
    self.kinds = kinds
    self.source = source
    rowCount = counts.first
    partRows = TypedRows.inPart(columns: names.count, partSize: partSize)
  }

  var canReadAgain: Bool { true }

  func read<Partial: Sendable>(
    _ readings: [TablePart.Reading], threads: Int,
    look: @Sendable (TablePart) throws -> Partial, take: (Partial) throws -> Void
  ) throws {
    precondition(readings.count == names.count, "a reading for some columns only")
    var reader = ArrayReader(self, rows: rowCount ?? 0)
    var firstRow = 0
    do {
      try reader.read(
        WorkerPool(threads: threads), firstRow: &firstRow,
        newPart: {
          let part = TablePart(readings, names: names, rows: partRows, isTyped: true)
          part.source = source
          return part
        }, look: look, take: take)
    } catch let problem as ParseFailure {
      throw problem.failure(in: source ?? "the array")
    }
  }

  /// Fills an empty part with some rows.
  fileprivate func fill(_ part: TablePart, _ rows: Range<Int>) throws {
    part.reserve(rows.count)
    var spelled: [Int: UnsafeMutableBufferPointer<Double>] = [:]
    var greats: [Int: GreatWholes] = [:]
    defer {
      for numbers in spelled.values { numbers.deallocate() }
    }
    for columns in arrays {
      try columns.array.read(rows) { place in
        let column = columns.first + place
        switch part.reading(of: column) {
        case .skipped: return nil
        case .numbers, .declaredNumbers:
          if kinds[column] == .float { part.setHasFraction(column) }
          return part.numbersToFill(column, from: 0).baseAddress
        case .text, .bytes:
          let numbers = UnsafeMutableBufferPointer<Double>.allocate(capacity: rows.count)
          spelled[column] = numbers
          return numbers.baseAddress
        }
      } large: { place, row, bits in
        let column = columns.first + place
        let great =
          columns.array.isUnsigned ? GreatWhole(bits) : GreatWhole(Int64(bitPattern: bits))
        guard let great else { return }
        if spelled[column] == nil {
          part.setGreat(great, column, row: row)
        } else {
          greats[column, default: GreatWholes()].append(great, row: row)
        }
      }
    }
    for (column, numbers) in spelled.sorted(by: { $0.key < $1.key }) {
      for row in 0..<rows.count {
        if numbers[row].isNaN {
          part.setMissing(column, row: row)
        } else {
          let text = greats[column]?[row]?.text ?? Self.text(numbers[row], kinds[column])
          try part.setText(text, column, row: row)
        }
      }
    }
    part.take(rows.count)
  }

  private static func text(_ value: Double, _ kind: Column.Kind?) -> String {
    switch kind {
    case .bool: value == 0 ? "False" : "True"
    case .int: Int64(exactly: value).map { "\($0)" } ?? NumberText.spelled(value)
    default: NumberText.spelled(value)
    }
  }
}

/// Fills parts with rows of arrays.
private struct ArrayReader: PartReader {
  private let stream: ArrayStream
  private let rows: Int
  private var next = 0

  init(_ stream: ArrayStream, rows: Int) {
    self.stream = stream
    self.rows = rows
  }

  mutating func fill(_ parts: [TablePart], _ pool: WorkerPool) -> PartFilling {
    let first = next
    let count = min(parts.count, (rows - first + stream.partRows - 1) / stream.partRows)
    let problems = pool.map(count) { index -> (any Error)? in
      let start = first + index * stream.partRows
      parts[index].removeAll()
      do {
        try stream.fill(parts[index], start..<min(rows, start + stream.partRows))
        return nil
      } catch {
        return error
      }
    }
    next = min(rows, first + count * stream.partRows)
    guard let bad = problems.firstIndex(where: { $0 != nil }) else {
      return PartFilling(count: count)
    }
    return PartFilling(count: bad, problem: problems[bad])
  }
}
