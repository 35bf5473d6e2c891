/// Which runs a search finds: clauses that must all hold, in MLflow's search grammar.
///
/// ```
/// metrics.accuracy > 0.97 AND params.booster = 'gbdt' AND tags.`mlflow.user` LIKE 'a%'
/// ```
package struct RunFilter: Sendable, Hashable {
  /// All of them must hold; none means every run.
  var clauses: [Clause]

  /// The filter that every run passes.
  package static let everything = RunFilter(clauses: [])

  init(clauses: [Clause]) { self.clauses = clauses }

  /// The runs that carry all of these tags, and have a status when one is given.
  package init(tags: [Tag], status: RunStatus? = nil) {
    clauses = tags.map { Clause(subject: .tag($0.key), test: .text(.equal, $0.value)) }
    if let status {
      clauses.append(
        Clause(subject: .attribute(.status), test: .text(.equal, status.rawValue)))
    }
  }

  struct Clause: Sendable, Hashable {
    var subject: RunField
    var test: Test
  }

  enum Test: Sendable, Hashable {
    case number(NumberTest, Double)
    case text(TextTest, String)
    /// One of some texts, or none of them.
    case list(contains: Bool, [String])
    case isPresent(Bool)
  }

  enum NumberTest: String, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case greater = ">"
    case greaterOrEqual = ">="
    case less = "<"
    case lessOrEqual = "<="
  }

  enum TextTest: String, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    /// `%` stands for any text, `_` for one character; upper and lower case differ.
    case like = "LIKE"
    /// As `like`, with ASCII letters of either case equal.
    case ilike = "ILIKE"
  }
}
