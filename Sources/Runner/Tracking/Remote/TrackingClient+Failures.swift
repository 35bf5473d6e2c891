import Formats
import Platform

extension TrackingClient {
  /// What MLflow calls a refusal, when the server said it so.
  private static func error(_ response: HTTPResponse) -> (code: String, message: String)? {
    guard let value = try? JSONValue(parsing: response.body),
      let code = value["error_code"]?.string
    else { return nil }
    return (code, value["message"]?.string ?? "")
  }

  func refusal(_ response: HTTPResponse) -> Failure {
    let error = TrackingClient.error(response)
    let cause = error.map { "\($0.code): \($0.message)" }
    switch response.status {
    case 401, 403, 407:
      return Failure(
        .permission, "`\(shown)` does not let us record (status \(response.status))",
        hint: "set `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`, or "
          + "`MLFLOW_TRACKING_TOKEN`", cause: cause)
    case let status where TrackingRetries.mayPass(status):
      return Failure(
        .unreachable, "the server at `\(shown)` has a problem (status \(status))",
        hint: "try again later", cause: cause)
    default:
      guard let error else { return noServer() }
      let code: Failure.Code =
        switch error.code {
        case "RESOURCE_DOES_NOT_EXIST": .notFound
        case "RESOURCE_ALREADY_EXISTS": .conflict
        default: .invalid
        }
      return Failure(code, "`\(shown)` refused: \(error.message)")
    }
  }

  /// Something else listens there.
  func noServer() -> Failure {
    Failure(
      .invalid, "what answers at `\(shown)` is no MLflow server",
      hint: "correct `$\(TrackingPlace.variable)`, or `unset` it to record in `.reprise`")
  }

  func unreachable(_ failure: Failure) -> Failure {
    Failure(
      .unreachable, "the server at `\(shown)`, which `$\(TrackingPlace.variable)` names, "
        + "cannot be reached",
      hint: "start it, or `unset \(TrackingPlace.variable)` to record in `.reprise`",
      cause: failure.cause ?? failure.message)
  }
}
