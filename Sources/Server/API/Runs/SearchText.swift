import Platform
import Records

/// Filters and orders as clients write them; what is wrong with them is told with its column.
enum SearchText {
  static func filter(_ text: String) throws -> RunFilter {
    do { return try RunFilter(parsing: text) } catch { throw refusal(error, "filter string", text) }
  }

  static func order(_ text: String) throws -> RunOrder {
    do { return try RunOrder(parsing: text) } catch { throw refusal(error, "order_by", text) }
  }

  private static func refusal(_ error: ParseFailure, _ what: String, _ text: String) -> APIError {
    .invalid("Invalid \(what) '\(text)': \(error.message) at column \(error.column ?? 1)")
  }
}
