/// What monitors ask: whether the server answers, and which MLflow it speaks.
struct HealthPart: ServerPart {
  func answer(_ request: ServerRequest) -> ServerAnswer? {
    switch request.path {
    case "/health", "/ping": ServerAnswer("text/plain; charset=utf-8", "OK")
    case "/version": ServerAnswer("text/html; charset=utf-8", Tracking.mlflowVersion)
    default: nil
    }
  }
}
