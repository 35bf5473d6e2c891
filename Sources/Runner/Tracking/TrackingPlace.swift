import Platform

/// Where runs are recorded, as `MLFLOW_TRACKING_URI` says.
enum TrackingPlace: Sendable, Hashable {
  /// In the project's records.
  case records
  /// On a server that speaks MLflow's REST API, at an address without a slash at its end.
  case server(String)

  static let variable = "MLFLOW_TRACKING_URI"

  /// - Throws: ``Failure`` with code `.unsupported` for stores that only MLflow can write.
  init(_ variables: [String: String]) throws {
    let uri = variables[TrackingPlace.variable] ?? ""
    // Of the run that this one is started in: it stands in the same records.
    guard !uri.isEmpty, uri != variables[RunDoor.ownAddress] else {
      self = .records
      return
    }
    let scheme = uri.prefix { $0 != ":" }.lowercased()
    guard (scheme == "http" || scheme == "https"), uri.dropFirst(scheme.count).hasPrefix("://"),
      uri.utf8.count > scheme.count + 3
    else { throw TrackingPlace.unsupported(uri, scheme) }
    var address = uri[...]
    while address.last == "/" { address.removeLast() }
    self = .server(String(address))
  }

  private static func unsupported(_ uri: String, _ scheme: String) -> Failure {
    let shown = HTTPClient.shown(uri)
    let here = "`unset \(variable)` records in `.reprise`"
    let isStore = !scheme.hasPrefix("databricks") && !scheme.hasPrefix("http") && scheme != "uc"
    return Failure(
      .unsupported, "runs cannot be recorded at `\(shown)`, which `$\(variable)` names",
      hint: isStore
        ? here + "; to record there, start `mlflow server --backend-store-uri \(shown)` and set "
          + "`\(variable)` to its http address"
        : here + "; else name a server of http or https")
  }
}
