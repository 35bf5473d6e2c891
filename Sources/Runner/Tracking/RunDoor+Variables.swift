extension RunDoor {
  /// What a client of MLflow finds the door by, added to the variables of a child.
  ///
  /// A name and password in the variables or in `~/.mlflow/credentials` come before a token for MLflow's client, and
  /// are another server's; so both are given.
  func variables(added variables: [String: String]) -> [String: String] {
    var variables = variables
    variables["MLFLOW_TRACKING_URI"] = address
    variables[RunDoor.ownAddress] = address
    variables["MLFLOW_TRACKING_TOKEN"] = token
    variables["MLFLOW_TRACKING_USERNAME"] = RunDoor.user
    variables["MLFLOW_TRACKING_PASSWORD"] = token
    for other in ["MLFLOW_TRACKING_AUTH", "MLFLOW_TRACKING_AWS_SIGV4"] { variables[other] = nil }
    // It would print addresses that lead nowhere when the run is over.
    let printing = "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT"
    if variables[printing] == nil { variables[printing] = "true" }
    RunDoor.passProxies(&variables)
    return variables
  }

  /// What is meant for this machine must not go to a proxy.
  private static func passProxies(_ variables: inout [String: String]) {
    let proxies = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"]
    guard proxies.contains(where: { variables[$0]?.isEmpty == false }) else { return }
    // Clients read the first of the two that is there.
    let old = variables["no_proxy"] ?? variables["NO_PROXY"] ?? ""
    let hosts = old.split(separator: ",").map { $0.filter { $0 != " " } }
    guard !hosts.contains("127.0.0.1"), !hosts.contains("*") else { return }
    let new = (hosts + ["127.0.0.1"]).joined(separator: ",")
    (variables["no_proxy"], variables["NO_PROXY"]) = (new, new)
  }
}
