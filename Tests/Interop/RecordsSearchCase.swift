import Formats
import Platform
import Records

/// One search that both stores answer.
struct RecordsSearchCase: Hashable, CustomStringConvertible {
  var filter: String
  var order: [String] = []
  var view = LifecycleView.active
  var limit = 1000

  var description: String { "\(filter) | \(order) | \(view) | \(limit)" }

  var json: JSONValue {
    .object([
      .init("filter", .string(filter)), .init("order", .array(order.map { .string($0) })),
      .init("view", .string(view.rawValue)), .init("limit", .int(Int64(limit))),
      .init("experiments", [0, 1, 2]),
    ])
  }

  /// Our answer: ids in order, or why there is none.
  func answer(_ store: RecordStore) throws -> Result<[String], RefusedSearch> {
    do {
      let search = RunSearch(
        experiments: ["0", "1", "2"].compactMap { ExperimentID($0) },
        filter: try RunFilter(parsing: filter), order: try order.map { try RunOrder(parsing: $0) },
        view: view, limit: limit)
      return .success(try store.search(search).map(\.id.hex))
    } catch let failure as ParseFailure {
      return .failure(RefusedSearch(message: failure.message))
    } catch let failure as Failure where failure.code == .usage {
      return .failure(RefusedSearch(message: failure.message))
    }
  }
}

struct RefusedSearch: Error, Hashable {
  var message: String
}
