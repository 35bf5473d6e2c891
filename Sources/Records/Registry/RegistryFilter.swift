import Platform

/// Clauses about models or versions, which must all hold.
struct RegistryFilter: Sendable {
  struct Clause: Sendable {
    var kind: RegistryVocabulary.Kind
    var key: String
    var test: RunFilter.Test
  }

  var clauses: [Clause]

  /// More would be no question of a person.
  private static let mostClauses = 100
  private static let mostTexts = 10_000

  /// Parses a filter; no text is no clause.
  ///
  /// - Throws: ``RecordFailure`` that names the column.
  init(parsing text: String, _ vocabulary: RegistryVocabulary) throws(RecordFailure) {
    clauses = []
    guard !text.isEmpty else { return }
    do {
      var parser = try SearchParser(text)
      guard parser.current != nil else {
        throw RecordFailure.registry(
          "Invalid filter '\(text)'. Could not be parsed.", "a filter of spaces only")
      }
      while parser.current != nil {
        if parser.take(word: "AND") { continue }
        clauses.append(try parser.takeClause(vocabulary))
        guard clauses.count <= Self.mostClauses else {
          throw parser.failure("more than \(Self.mostClauses) clauses")
        }
        if case .list(_, let texts)? = clauses.last?.test, texts.count > Self.mostTexts {
          throw parser.failure("a list of more than \(Self.mostTexts) texts")
        }
      }
    } catch let failure as ParseFailure {
      throw .badFilter(failure)
    } catch let failure as RecordFailure {
      throw failure
    } catch {
      throw .registry("Invalid filter '\(text)'. Could not be parsed.", "the filter cannot be read")
    }
  }
}

extension RecordFailure {
  static func badFilter(_ failure: ParseFailure) -> RecordFailure {
    let place = failure.column.map { " (column \($0))" } ?? ""
    return RecordFailure(
      .invalidParameterValue, "Invalid clause(s) in filter string: \(failure.message)\(place)",
      failure: Failure(.usage, "filter: \(failure.message)\(place)", hint: failure.hint))
  }

  static func badOrder(_ text: String, _ why: String) -> RecordFailure {
    RecordFailure(
      .invalidParameterValue, "Invalid order_by clause '\(text)'. Could not be parsed.",
      failure: Failure(.usage, "order `\(text)`: \(why)", hint: "such as `name DESC`"))
  }
}
