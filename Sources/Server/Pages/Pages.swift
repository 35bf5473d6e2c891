import HTTPTypes
import Platform
import Records

/// The pages that people look at.
///
/// Each page reads what it shows in one go through the store's ``RecordStore/read(_:)``, then writes it as HTML: the page
/// is whole without scripts, which add hovering, keys and what comes live.
package struct Pages: ServerPart {
  let store: RecordStore
  /// Who may change what is shown; nil: everybody.
  let access: AccessControl?
  let live: LiveReaders
  let runs: LiveRuns

  package init(
    store: RecordStore, access: AccessControl? = nil, live: LiveReaders = LiveReaders()
  ) {
    (self.store, self.access, self.live) = (store, access, live)
    runs = LiveRuns(store)
  }

  /// The page of an address; nil when there is none.
  package func answer(_ request: ServerRequest) async throws -> ServerAnswer? {
    guard request.method == .get || request.method == .head else { return nil }
    let parts = request.pathParts
    if parts.first == "assets", parts.count == 2 {
      return PageAssets.answer(parts[1], request.query)
    }
    let at = PageContext(request)
    let start = ContinuousClock.now
    do {
      guard var answer = try await page(parts, request, at) else { return nil }
      let spent = (ContinuousClock.now - start) / .milliseconds(1)
      answer.headers[.serverTiming] = "page;dur=\((spent * 10).rounded() / 10)"
      for choice in at.choices { answer.headers.append(HTTPField(name: .setCookie, value: choice)) }
      return answer
    } catch let failure as Failure where PageProblem.status(failure) != nil {
      return PageProblem(at: at, failure: failure).answer
    } catch let failure as RecordFailure {
      return PageProblem(at: at, failure: failure.failure).answer
    }
  }

  private func page(
    _ parts: [String], _ request: ServerRequest, _ at: PageContext
  ) async throws -> ServerAnswer? {
    switch (parts.first, parts.count) {
    case (nil, _), ("experiments", 1): return try await experiments(at)
    case ("experiments", 2): return try await runs(of: parts[1], at)
    case ("find", 1): return try await find(at)
    case ("compare", 1): return try await comparison(at)
    case ("chart", 1): return try await chart(at)
    case ("series.csv", 1): return try await series(at)
    case ("runs", 2...): return try await run(parts, request, at)
    case ("models", _): return try await models(parts, at)
    default: return nil
    }
  }

  /// The id that a person may have shortened.
  func runID(_ text: String) async throws -> RunID {
    if let id = RunID(text) { return id }
    return try await store.read { try $0.resolve(text) }
  }

  /// Goes to the run that a person means by a name or the beginning of an id.
  private func find(_ at: PageContext) async throws -> ServerAnswer {
    let text = at.query["q"] ?? ""
    let id = try await store.read { try $0.resolve(text) }
    return ServerAnswer(
      .seeOther, headers: [.location: Address.path("runs", id.hex)], body: .bytes([]))
  }
}

extension HTTPField.Name {
  static let serverTiming = HTTPField.Name("Server-Timing")!
}
