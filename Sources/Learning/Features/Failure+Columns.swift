import Compute
import Platform

extension Failure {
  /// A column that a table does not have, with the nearest name it has.
  static func missingColumn(_ name: String, in table: Table) -> Failure {
    let names = table.columns.map(\.name)
    let shown = names.prefix(20).map { "`\($0)`" }.joined(separator: ", ")
    let list = "the columns are: \(shown)\(names.count > 20 ? ", …" : "")"
    return Failure(
      .notFound, "no column named `\(name)`",
      hint: nearestName(to: name, among: names).map { "did you mean `\($0)`? \(list)" } ?? list,
      at: table.location(row: nil))
  }
}
