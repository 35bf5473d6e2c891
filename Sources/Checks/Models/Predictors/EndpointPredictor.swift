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
    return try Answers.joined(parts, by: name)
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
}

extension String {
  fileprivate func trimmingSuffix(_ sign: String) -> String {
    hasSuffix(sign) ? String(dropLast(sign.count)) : self
  }
}
