import Platform
import SystemPackage

/// The profile of AWS's files that is in force, by name.
struct S3Profile: Sendable {
  let name: String
  /// Whether DVC's settings name it; the variables with credentials do not count then.
  let isChosen: Bool
  private let config: AWSProfiles
  private let credentials: AWSProfiles
  private let files: (config: FilePath, credentials: FilePath)

  init(_ settings: RemoteSettings, _ variables: [String: String]) throws {
    let home = UserFolders.home(variables)
    func file(_ key: String, _ variable: String, _ usual: String) -> FilePath {
      guard let named = settings[key] ?? variables.filled(variable) else {
        return home.appending(usual)
      }
      return named == "~" || named.hasPrefix("~/")
        ? home.appending(String(named.dropFirst(2))) : FilePath(named)
    }
    files = (
      file("configpath", "AWS_CONFIG_FILE", ".aws/config"),
      file("credentialpath", "AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials")
    )
    config = try AWSProfiles(file: files.config)
    credentials = try AWSProfiles(file: files.credentials)
    isChosen = settings["profile"] != nil
    let asked =
      settings["profile"] ?? variables.filled("AWS_PROFILE")
      ?? variables.filled("AWS_DEFAULT_PROFILE")
    name = asked ?? "default"
    if let asked, config.sections[asked] == nil, credentials.sections[asked] == nil {
      let known = Set(config.sections.keys).union(credentials.sections.keys).sorted()
      throw Failure(
        .notFound, "there is no profile `\(asked)` in `\(files.config)` and `\(files.credentials)`",
        hint: known.isEmpty
          ? "make it with `aws configure`"
          : "there are: \(known.joined(separator: ", "))")
    }
  }

  /// A setting of the profile; nil when it is not there or empty.
  subscript(key: String) -> String? { config.sections[name]?.filled(key) }

  /// The endpoint that the profile names, for this service before that for all.
  var endpoint: String? {
    let services = self["services"].flatMap { config.services[$0] }
    return services?.filled("s3.endpoint_url") ?? self["endpoint_url"]
  }

  /// The credentials that count, in the order of AWS's tools.
  ///
  /// - Throws: ``Failure`` with code `.permission` when there are none.
  func credentials(
    _ settings: RemoteSettings, _ variables: [String: String], shown: String
  ) throws -> S3Credentials {
    if let id = settings["access_key_id"] {
      guard let secret = settings["secret_access_key"] else {
        throw Failure(
          .permission, "the remote `\(shown)` has an `access_key_id` without `secret_access_key`",
          hint: "put both into `.dvc/config.local`, which git does not see")
      }
      return S3Credentials(id: id, secret: secret, token: settings["session_token"])
    }
    if !isChosen, let id = variables.filled("AWS_ACCESS_KEY_ID") {
      guard let secret = variables.filled("AWS_SECRET_ACCESS_KEY") else {
        throw Failure(
          .permission, "`$AWS_ACCESS_KEY_ID` is set and `$AWS_SECRET_ACCESS_KEY` is not")
      }
      let token = variables.filled("AWS_SESSION_TOKEN") ?? variables.filled("AWS_SECURITY_TOKEN")
      return S3Credentials(id: id, secret: secret, token: token)
    }
    for (section, file) in [
      (credentials.sections[name], files.credentials), (config.sections[name], files.config),
    ] {
      guard let section, let id = section.filled("aws_access_key_id") else { continue }
      guard let secret = section.filled("aws_secret_access_key") else {
        throw Failure(
          .permission,
          "the profile `\(name)` in `\(file)` has an `aws_access_key_id` without its secret")
      }
      return S3Credentials(id: id, secret: secret, token: section.filled("aws_session_token"))
    }
    if let process = self["credential_process"] ?? credentials.sections[name]?["credential_process"]
    {
      return try CredentialProcess(process, profile: name).run(variables)
    }
    throw missing(shown)
  }

  private func missing(_ shown: String) -> Failure {
    let foreign = ["sso_session", "sso_start_url", "role_arn", "web_identity_token_file"]
    if let key = foreign.first(where: { self[$0] != nil }) {
      return Failure(
        .permission, "the profile `\(name)` signs in by `\(key)`, which is not supported",
        hint: "type `eval \"$(aws configure export-credentials --profile \(name) --format env)\"`")
    }
    return Failure(
      .permission, "there are no credentials for `\(shown)`",
      hint:
        "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile in `\(files.credentials)`; "
        + "for a public bucket set `allow_anonymous_login = true` on the remote")
  }
}
