import Formats
import Records

/// What requests name beside their own subject, and what is asked where there is no subject yet.
extension AccessControl {
  /// Metrics that go to a model as well, the run that a model or a version comes from.
  func checkPassengers(_ endpoint: Endpoint, _ request: APIRequest) async throws {
    switch endpoint.path {
    case "runs/log-metric", "runs/log-batch", "runs/log-inputs", "runs/outputs":
      let items = request.list("metrics") + request.list("models") + [request.fields]
      let models = Set(items.compactMap { $0["model_id"]?.string }.filter { !$0.isEmpty })
      for model in models.sorted() {
        try await require(.edit, loggedModel: model, request.identity)
      }
    case "logged-models" where endpoint.method == .post:
      guard let run = request.text("source_run_id") else { return }
      try await require(.read, run: run, request.identity)
    case "model-versions/create": try await checkSource(request)
    default: return
    }
  }

  /// What is asked of an endpoint that is anybody's who signed in: what is made must be of a kind that is not denied, and
  /// a search must not find out about runs by its filter when they are.
  static func questions(ofAnybodys endpoint: Endpoint, _ request: APIRequest) -> [AccessQuestion] {
    switch endpoint.path {
    case "experiments/create": [AccessQuestion(.experiment("*"), .noDenial)]
    case "registered-models/create":
      [
        AccessQuestion(
          RegistryFamily(of: request.fields).container(request.plainText("name")), .noDenial)
      ]
    case "model-versions/search" where request.plainText("filter").contains("run_id"),
      "logged-models/search" where request.plainText("filter").contains("source_run_id"):
      [AccessQuestion(.runs, .noDenial)]
    default: []
    }
  }
}
