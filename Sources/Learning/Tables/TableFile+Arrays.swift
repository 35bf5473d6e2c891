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
      if let first = all.first, let other = all.first(where: { $0.count != first.count }) {
        throw Failure(
          .invalid,
          "the arrays of `\(path)` are not of one length: `\(first.name)` has \(first.count) rows, `\(other.name)` \(other.count)",
          hint: "save arrays that belong together in a file of their own")
      }
    }
    guard !all.isEmpty else {
      throw Failure(.invalid, "there is no array in `\(path)`", hint: "numpy.savez writes some")
    }
    return Table(all, source: path.string)
  }

  private static func columns(_ array: NumPyArray, name: String?) throws(ParseFailure) -> [Column] {
    guard !array.shape.isEmpty else {
      throw ParseFailure("a single number is no table")
    }
    // Without rows, the other sizes may be anything.
    guard let width = NumPyArray.count(of: Array(array.shape.dropFirst())), width > 0,
      width <= 1 << 20
    else {
      let shape = array.shape.map(String.init).joined(separator: ", ")
      throw ParseFailure("an array of the shape (\(shape)) is no table")
    }
    let kind: Column.Kind = [.bool: .bool, .int: .int, .float: .float][array.kind] ?? .float
    return array.columns.enumerated().map { column, values in
      let own = array.shape.count == 1 ? name ?? "0" : name.map { "\($0).\(column)" } ?? "\(column)"
      return Column(name: own, kind: kind, values: .numbers(values))
    }
  }
}
