import Platform
import Records

/// What the table of runs shows, as its address has it: `?filter=…&sort=metrics.loss&page=2&column=params.lr`.
struct RunsQuery: Sendable, Hashable {
  var filter: String
  /// A column, or `name` or `status`.
  var sort: String?
  var isAscending: Bool
  /// Counted from 1.
  var page: Int
  /// Chosen by the reader; nil: what suits the runs shown.
  var columns: [RunColumn]?
  var showsDeleted: Bool

  static let pageSize = 100
  /// Later pages would take as long to find as all before them.
  static let lastPage = 100_000

  init(_ query: QueryFields) {
    filter = query["filter"]?.trimmed ?? ""
    sort = query["sort"].flatMap { $0.isEmpty ? nil : $0 }
    isAscending = query["order"] == "asc"
    page = min(max(1, query["page"].flatMap { Int($0) } ?? 1), Self.lastPage)
    let chosen = query.all("column").filter { !$0.isEmpty }
    columns = query.all("column").isEmpty ? nil : chosen.compactMap { RunColumn($0) }.unique
    showsDeleted = query["view"] == "deleted"
  }

  /// Remembers the columns of one experiment: it is sent to the pages of that experiment alone.
  static let columnsCookie = "reprise_columns"
  /// The most bytes of it; browsers keep about four thousand.
  private static let cookieBytes = 3000

  /// Takes the columns that were chosen before, when the address names none.
  mutating func remember(_ cookie: String?) {
    guard columns == nil, let cookie else { return }
    columns =
      cookie.split(separator: ",").compactMap {
        RunColumn(String(decoding: PercentEncoding.decodedBytes($0), as: UTF8.self))
      }.unique
  }

  /// What makes a browser remember the columns of this query, or forget them when there are none or too many.
  ///
  /// - Parameter path: of the experiment's page.
  func cookie(for path: String) -> String {
    let value = columns?.map { PercentEncoding.encoded($0.text) }.joined(separator: ",")
    let isKept = value.map { $0.utf8.count <= Self.cookieBytes } ?? false
    return """
      \(Self.columnsCookie)=\(isKept ? value ?? "" : ""); Path=\(path); \
      Max-Age=\(isKept ? 31_536_000 : 0); SameSite=Lax
      """
  }

  /// The fields of the query; only what is not as it would be anyway.
  var fields: [(name: String, value: String)] {
    var fields: [(name: String, value: String)] = []
    if !filter.isEmpty { fields.append(("filter", filter)) }
    if let sort {
      fields.append(("sort", sort))
      if isAscending { fields.append(("order", "asc")) }
    }
    if showsDeleted { fields.append(("view", "deleted")) }
    if let columns {
      fields += columns.isEmpty ? [("column", "")] : columns.map { ("column", $0.text) }
    }
    if page > 1 { fields.append(("page", String(page))) }
    return fields
  }

  func changed(_ change: (inout RunsQuery) -> Void) -> RunsQuery {
    var query = self
    change(&query)
    return query
  }

  /// What to ask the store for: one run more than a page, which tells whether there is a next page.
  ///
  /// - Throws: ``ParseFailure`` for a filter or an order that the grammar does not have.
  func search(in experiment: ExperimentID) throws(ParseFailure) -> RunSearch {
    RunSearch(
      experiments: [experiment], filter: try RunFilter(parsing: filter), order: try orders,
      view: showsDeleted ? .deleted : .active, limit: Self.pageSize + 1,
      offset: (page - 1) * Self.pageSize)
  }

  private var orders: [RunOrder] {
    get throws(ParseFailure) {
      guard let sort else { return [] }
      let field: String
      switch sort {
      case "name": field = "attributes.run_name"
      case "status": field = "attributes.status"
      default: field = RunColumn(sort)?.order ?? sort
      }
      return [try RunOrder(parsing: field + (isAscending ? " ASC" : " DESC"))]
    }
  }
}

extension Array where Element: Hashable {
  /// The elements, each once, in their first places.
  var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

extension String {
  /// Without blanks at the ends.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
