import Compute
import Formats
import Platform
import SystemPackage

extension TableFile {
  /// The columns of an array: one for each place behind the first index, called `0`, `1`, … as in a data frame that is made of
  /// it; images are flat rows.
  static func table(_ array: NumPyArray, source: String?) throws(ParseFailure) -> Table {
    Table(try columns(array, name: nil), source: source)
  }

  /// The arrays of a file of `numpy.savez`: one of one index is a column of its own name, others are `name.0`, `name.1`, … .
  static func arrays(ofArchive path: FilePath) throws -> Table {
    let archive = try ZipArchive(path)
    var all: [Column] = []
    for entry in archive.entries where entry.kind == .file {
      guard entry.name.hasSuffix(".npy") else { continue }
      do {
        let array = try NumPyArray(parsing: try archive.content(of: entry, limit: 8 << 30))
        all += try columns(array, name: String(entry.name.dropLast(4)))
      } catch let problem as ParseFailure {
        throw ParseFailure("`\(entry.name)`: \(problem.message)", hint: problem.hint)
          .failure(in: path.string)
      }
      if let first = all.first, let other = all.first(where: { $0.count != first.count }),
        let problem = unequal(
          (first.name, first.count), (other.name, other.count), path.string)
      {
        throw problem
      }
    }
    guard !all.isEmpty else { throw noArray(in: path) }
    return Table(all, source: path.string)
  }

  static func noArray(in path: FilePath) -> Failure {
    Failure(.invalid, "there is no array in `\(path)`", hint: "numpy.savez writes some")
  }

  /// Why columns of so many rows make no table; nil when they do.
  static func unequal(
    _ first: (name: String, count: Int), _ other: (name: String, count: Int), _ path: String
  ) -> Failure? {
    guard first.count != other.count else { return nil }
    return Failure(
      .invalid,
      "the arrays of `\(path)` are not of one length: `\(first.name)` has \(first.count) rows, `\(other.name)` \(other.count)",
      hint: "save arrays that belong together in a file of their own")
  }

  private static func columns(_ array: NumPyArray, name: String?) throws(ParseFailure) -> [Column] {
    let width = try width(of: array.shape)
    let names = columnNames(shape: array.shape, width: width, name: name)
    return zip(names, array.columns).map { name, values in
      Column(name: name, kind: kind(of: array.kind), values: .numbers(values))
    }
  }

  /// How many columns an array has.
  ///
  /// - Throws: ``ParseFailure`` for one that is no table.
  static func width(of shape: [Int]) throws(ParseFailure) -> Int {
    guard !shape.isEmpty else { throw ParseFailure("a single number is no table") }
    // Without rows, the other sizes may be anything.
    guard let width = NumPyArray.count(of: Array(shape.dropFirst())), width > 0, width <= 1 << 20
    else {
      let shape = shape.map(String.init).joined(separator: ", ")
      throw ParseFailure("an array of the shape (\(shape)) is no table")
    }
    return width
  }

  /// - Parameter name: of the array; nil for one that is alone in its file.
  static func columnNames(shape: [Int], width: Int, name: String?) -> [String] {
    if shape.count == 1 { return [name ?? "0"] }
    return (0..<width).map { column in name.map { "\($0).\(column)" } ?? "\(column)" }
  }

  static func kind(of kind: NumPyArray.Kind) -> Column.Kind {
    switch kind {
    case .bool: .bool
    case .int: .int
    case .float: .float
    }
  }
}
