import Formats
import Platform
import Records
import Server
import SystemPackage

/// Our server, without its socket.
final class RegistryServer {
  struct Answer: Sendable {
    var status: Int
    var body: JSONValue
  }

  private let tracking: Tracking
  private let table = EndpointTable(TrackingAPI.endpoints)
  private(set) var names: [String: String] = [:]
  /// When each request began, in milliseconds since 1970; all different.
  private(set) var starts: [Int64] = []

  init(in folder: FilePath) throws {
    tracking = try Tracking(store: RecordStore(in: folder))
  }

  func answer(_ step: RegistryStep) async throws -> Answer {
    // The clock of the answers counts milliseconds; requests are told apart by them.
    while let last = starts.last, Clock.milliseconds() <= last {}
    starts.append(Clock.milliseconds())
    do {
      let body = try await ask(step)
      if let name = step.save.first {
        names[name] = step.save.dropFirst().reduce(Optional(body)) { $0?[$1] }?.string
      }
      return Answer(status: 200, body: body)
    } catch let error as APIError {
      return Answer(
        status: error.status,
        body: ["error_code": .string(error.code), "message": .string(error.message)])
    }
  }

  private func ask(_ step: RegistryStep) async throws -> JSONValue {
    guard
      case .endpoint(let endpoint, let parameters) = table.find(
        step.method, "/api/2.0/mlflow/" + filled(step.path))
    else { throw APIError("ENDPOINT_NOT_FOUND", step.path, status: 404) }
    do {
      let fields = try endpoint.fields(
        query: QueryFields(parsing: Substring(filled(step.query ?? ""))),
        body: Array(filled(step.body?.text() ?? "").utf8))
      let answer = try await endpoint.answer(
        APIRequest(fields: fields, parameters: parameters), tracking)
      if step.path == "runs/log-metric" { try attach(fields) }
      return answer
    } catch let error as RecordFailure {
      throw APIError(error)
    }
  }

  /// Attaches a metric to the logged model that it names.
  private func attach(_ fields: JSONValue) throws {
    guard let model = fields["model_id"]?.string, let key = fields["key"]?.string else { return }
    let metric = Metric(
      key, fields["value"]?.number ?? 0, timestamp: fields["timestamp"]?.int ?? 0,
      step: fields["step"]?.int ?? 0)
    try tracking.store.log(
      metrics: [
        LoggedModelMetric(
          metric: metric, run: fields["run_id"]?.string ?? "",
          datasetName: fields["dataset_name"]?.string,
          datasetDigest: fields["dataset_digest"]?.string)
      ], toLoggedModel: model)
  }

  private func filled(_ text: String) -> String {
    guard text.contains("{{") else { return text }
    return names.reduce(text) { $0.replacing("{{\($1.key)}}", with: $1.value) }
  }
}
