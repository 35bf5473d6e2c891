import Formats
import Platform
import SystemPackage

/// How a server of MLflow's is told who we are, from the variables that MLflow's own clients read.
struct TrackingLogin: Sendable {
  var login: HTTPRequest.Login?
  var token: String?
  var trust = HTTPRequest.Trust.system

  /// A name and password, of the variables or of `~/.mlflow/credentials`, come before a token.
  init(_ variables: [String: String]) {
    let value = { (name: String) in variables[name].flatMap { $0.isEmpty ? nil : $0 } }
    let file = TrackingLogin.file(UserFolders.home(variables))
    if let user = value("MLFLOW_TRACKING_USERNAME") ?? file["mlflow_tracking_username"],
      let password = value("MLFLOW_TRACKING_PASSWORD") ?? file["mlflow_tracking_password"]
    {
      login = .basic(user: user, password: password)
    } else {
      token = value("MLFLOW_TRACKING_TOKEN")
    }
    if ["true", "1"].contains(value("MLFLOW_TRACKING_INSECURE_TLS")?.lowercased()) {
      trust = .anybody
    } else if let path = value("MLFLOW_TRACKING_SERVER_CERT_PATH") {
      trust = .authorities(FilePath(path))
    }
  }

  func apply(to request: inout HTTPRequest) {
    request.login = login
    request.trust = trust
    if let token { request.headers.append(HTTPHeader("Authorization", "Bearer \(token)")) }
  }

  /// The section `mlflow` of the file, which is of Python's `configparser`.
  private static func file(_ home: FilePath) -> [String: String] {
    let path = home.appending(".mlflow").appending("credentials")
    guard let text = try? FileSystem.readText(path, limit: 1 << 16) else { return [:] }
    var section = ""
    var values: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
        section = String(line[line.index(after: line.startIndex)..<end])
      } else if section == "mlflow", let mark = line.firstIndex(where: { "=:".contains($0) }) {
        values[trimmed(line[..<mark]).lowercased()] = trimmed(line[line.index(after: mark)...])
      }
    }
    return values
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0.isWhitespace }
    let end = start.lastIndex { !$0.isWhitespace }
    return end.map { String(start[...$0]) } ?? ""
  }
}
