import Compute
import Formats
import Platform

/// A server that predicts: MLflow's `POST /invocations` with `dataframe_split`, which answers `{"predictions": …}`.
package struct EndpointPredictor: Predictor {
  private let address: String
  private let timeout: Double

  /// More rows are asked in several requests.
  private static let mostRows = 20_000

  package init(_ address: String, timeout: Double) {
    // The address of a server means its path of MLflow's.
    let rest = address.split(separator: "/", omittingEmptySubsequences: true)
    self.address =
      rest.count <= 2
      ? address.trimmingSuffix("/") + "/invocations" : address
    self.timeout = timeout
  }

  package var name: String { "`\(address)`" }

  package func answers(for table: Table, threads: Int) throws -> Answers {
    let connection = try HTTPConnection()
    var parts: [Answers] = []
    var start = 0
    repeat {
      let rows = Array(start..<min(table.rowCount, start + Self.mostRows))
      let part = start == 0 && rows.count == table.rowCount ? table : table.selecting(rows)
      parts.append(try ask(part, connection).checked(rows: rows.count, by: name))
      start += Self.mostRows
    } while start < table.rowCount
    return try Self.joined(parts, name)
  }

  private func ask(_ table: Table, _ connection: HTTPConnection) throws -> Answers {
    var request = HTTPRequest("POST", address)
    request.headers = [HTTPHeader("Content-Type", "application/json")]
    request.body = .bytes(TableText(table).split.utf8())
    request.stallTimeout = .milliseconds(Int64(timeout * 1000))
    request.limit = 1 << 30
    let response: HTTPResponse
    do {
      response = try connection.perform(request, isCancelled: { false })
    } catch let failure as Failure {
      throw Failure(
        .invalid, "\(name) did not answer: \(failure.message)",
        hint: failure.hint ?? "is it running? `timeout:` says how long an answer may take")
    }
    guard response.isSuccess else {
      let text = String(decoding: response.body.prefix(300), as: UTF8.self)
      let line = text.split(whereSeparator: \.isNewline).first.map { ": \($0)" } ?? ""
      throw Failure(.invalid, "\(name) answered with status \(response.status)\(line)")
    }
    do throws(ParseFailure) {
      return try AnswerText.answers(JSONValue(parsing: response.body, allowsNonFinite: true))
    } catch {
      throw Failure(
        .invalid, "what \(name) answered is no list of predictions: \(error.message)",
        hint: error.hint)
    }
  }

  /// Answers one after the other; classes by their names.
  private static func joined(_ parts: [Answers], _ name: String) throws -> Answers {
    guard parts.count > 1 else { return parts[0] }
    var numbers: [Double] = []
    var texts: [String] = []
    var rows: [Double] = []
    var names: [String] = []
    for part in parts {
      switch part.content {
      case .numbers(let values): numbers += values
      case .classes(let own, let labels, let probabilities):
        texts += labels.map { own[Int($0)] }
        guard let probabilities else { continue }
        names = own
        rows += probabilities.elements
      }
    }
    if texts.isEmpty { return Answers(.numbers(numbers)) }
    guard numbers.isEmpty else {
      throw Failure(.invalid, "\(name) answered numbers to some rows, and classes to others")
    }
    if !names.isEmpty,
      let matrix = Matrix(rows: texts.count, columns: names.count, elements: rows)
    {
      return Answers(
        .classes(names: names, labels: Answers.likeliest(matrix), probabilities: matrix))
    }
    let all = CellText.sorted(Set(texts))
    let places = Dictionary(zip(all, all.indices), uniquingKeysWith: { first, _ in first })
    return Answers(
      .classes(names: all, labels: texts.map { Int32(places[$0] ?? 0) }, probabilities: nil))
  }
}

extension String {
  fileprivate func trimmingSuffix(_ sign: String) -> String {
    hasSuffix(sign) ? String(dropLast(sign.count)) : self
  }
}
