import Platform
import SystemPackage

/// All that decides how a bucket is spoken to: DVC's settings first, then the environment, then AWS's own files.
struct S3Configuration: Sendable {
  /// Nil for requests that are not signed.
  var credentials: S3Credentials?
  var region: String
  /// Nil for Amazon's own.
  var endpoint: S3Endpoint?
  var isSecure: Bool
  var trust: HTTPRequest.Trust
  var connectTimeout: Duration
  var readTimeout: Duration
  /// Lines that every new object is made with: encryption, access.
  var objectHeaders: [HTTPHeader]

  /// - Throws: ``Failure`` that names the setting, the variable or the file that is wrong; `.permission` when there are
  ///   no credentials.
  init(_ settings: RemoteSettings, _ variables: [String: String], shown: String) throws {
    let profile = try S3Profile(settings, variables)
    isSecure = try settings.flag("use_ssl") ?? true
    region =
      settings["region"] ?? variables.filled("AWS_DEFAULT_REGION") ?? variables.filled("AWS_REGION")
      ?? profile["region"] ?? "us-east-1"
    guard
      region.utf8.allSatisfy({
        $0 == 0x2D || Character(UnicodeScalar($0)).isLetter
          || Character(UnicodeScalar($0)).isNumber
      })
    else { throw Failure(.invalid, "`\(region)` is no region", hint: "such as eu-central-1") }
    endpoint = try Self.endpoint(settings, variables, profile, isSecure: isSecure)
    trust =
      settings.trust("ssl_verify")
      ?? (variables.filled("AWS_CA_BUNDLE") ?? profile["ca_bundle"]
      ?? variables.filled("REQUESTS_CA_BUNDLE")).map { .authorities(FilePath($0)) } ?? .system
    connectTimeout = try settings.duration("connect_timeout") ?? .seconds(10)
    readTimeout = try settings.duration("read_timeout") ?? .seconds(60)
    objectHeaders = Self.headerKeys.compactMap { key, name in
      settings[key].map { HTTPHeader(name, $0) }
    }
    if try settings.flag("allow_anonymous_login") == true {
      credentials = nil
    } else {
      credentials = try profile.credentials(settings, variables, shown: shown)
    }
  }

  private static let headerKeys = [
    ("sse", "x-amz-server-side-encryption"),
    ("sse_kms_key_id", "x-amz-server-side-encryption-aws-kms-key-id"), ("acl", "x-amz-acl"),
    ("grant_read", "x-amz-grant-read"), ("grant_read_acp", "x-amz-grant-read-acp"),
    ("grant_write_acp", "x-amz-grant-write-acp"),
    ("grant_full_control", "x-amz-grant-full-control"),
  ]

  private static func endpoint(
    _ settings: RemoteSettings, _ variables: [String: String], _ profile: S3Profile, isSecure: Bool
  ) throws -> S3Endpoint? {
    let ignored = variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.lowercased() == "true"
    let configured =
      variables.filled("AWS_ENDPOINT_URL_S3") ?? variables.filled("AWS_ENDPOINT_URL")
      ?? profile.endpoint
    guard let text = settings["endpointurl"] ?? (ignored ? nil : configured) else { return nil }
    let isVirtual = profile["s3.addressing_style"]?.lowercased() == "virtual"
    return try S3Endpoint(parsing: text, isSecure: isSecure, isPathStyle: !isVirtual)
  }

  /// Where the objects of a bucket are.
  func endpoint(region: String, bucket: String) -> S3Endpoint {
    endpoint ?? S3Endpoint(region: region, bucket: bucket, isSecure: isSecure)
  }
}

extension [String: String] {
  /// The value of a variable; nil when it is not set or empty.
  func filled(_ name: String) -> String? {
    guard let value = self[name], !value.isEmpty else { return nil }
    return value
  }
}
