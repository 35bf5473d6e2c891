import HTTPTypes

/// What monitors ask: whether the server answers, and which MLflow it speaks.
struct HealthPart: ServerPart {
  func answer(_ request: ServerRequest) throws -> ServerAnswer? {
    let answer: ServerAnswer
    switch request.path {
    case "/health", "/ping": answer = ServerAnswer("text/plain; charset=utf-8", "OK")
    case "/version": answer = ServerAnswer("text/html; charset=utf-8", Tracking.mlflowVersion)
    default: return nil
    }
    guard request.method == .get || request.method == .head else {
      throw APIError.wrongMethod(request.method, allowed: ["GET"])
    }
    return answer
  }
}
