import Platform
import Records

/// Filters and orders as clients write them; what is wrong with them is told with its column.
enum SearchText {
  static func filter(_ text: String) throws(RecordFailure) -> RunFilter {
    do { return try RunFilter(parsing: text) } catch { throw .filter(text, error) }
  }

  static func order(_ text: String) throws(RecordFailure) -> RunOrder {
    do { return try RunOrder(parsing: text) } catch { throw .order(text, error) }
  }

  static func experimentFilter(_ text: String) throws(RecordFailure) -> ExperimentFilter {
    do { return try ExperimentFilter(parsing: text) } catch { throw .filter(text, error) }
  }

  static func experimentOrder(_ text: String) throws(RecordFailure) -> ExperimentOrder {
    do { return try ExperimentOrder(parsing: text) } catch { throw .order(text, error) }
  }
}
