import Platform

/// What a server of S3's interface says when it does not do what it was asked ("Error responses", Amazon S3 API
/// Reference), and how it is told.
struct S3Refusal: Sendable {
  var status: Int
  /// Such as `NoSuchBucket`; nil when the answer has no such document.
  var code: String?
  var message: String?
  /// The region that the bucket is in, when it is another one.
  var region: String?
  var date: S3Time?

  init(_ response: HTTPResponse) {
    status = response.status
    date = response.headers["date"].flatMap { S3Time(header: $0) }
    region = response.headers["x-amz-bucket-region"]
    guard let document = try? XMLElement(parsing: response.body), document.name == "Error" else {
      return
    }
    take(document)
  }

  /// An `Error` in an answer that is a success otherwise.
  init(_ document: XMLElement) {
    status = 500
    take(document)
  }

  private mutating func take(_ document: XMLElement) {
    code = document["Code"]?.text
    message = document["Message"]?.text
    region = document["Region"]?.text ?? region
  }

  /// Whether it may go well the next time.
  var isPassing: Bool {
    switch code {
    case "SlowDown", "InternalError", "RequestTimeout", "ServiceUnavailable", "Throttling",
      "ThrottlingException", "RequestThrottled", "OperationAborted", "ConditionalRequestConflict",
      "BandwidthLimitExceeded", "RequestLimitExceeded":
      true
    default: [408, 425, 429, 500, 502, 503, 504].contains(status)
    }
  }

  /// Whether the server does not know a line of the header that asks for a condition.
  var isUnimplemented: Bool { status == 501 || code == "NotImplemented" }
}

extension S3Refusal {
  /// The failure for a person.
  ///
  /// - Parameters:
  ///   - place: the bucket, or the object, that was asked for.
  ///   - secrets: texts that must not be shown.
  func failure(at place: String, bucket: String, region used: String, hiding secrets: [String])
    -> Failure
  {
    let (kind, what, hint) = meaning(place, bucket, used)
    var cause = [code, message].compactMap { $0 }.joined(separator: ": ")
    for secret in secrets where secret.utf8.count > 3 { cause = cause.masking(secret) }
    let status = code == nil ? " (status \(status))" : ""
    return Failure(kind, what + status, hint: hint, cause: cause.isEmpty ? nil : cause)
  }

  private func meaning(
    _ place: String, _ bucket: String, _ used: String
  ) -> (Failure.Code, String, String?) {
    switch code {
    case "NoSuchBucket":
      return (
        .notFound, "there is no bucket `\(bucket)`",
        "check the url of the remote, its `endpointurl` and `region`; or make the bucket"
      )
    case "NoSuchKey", "NotFound": return (.notFound, "`\(place)` is not there", nil)
    case "InvalidBucketName":
      return (.invalid, "`\(bucket)` is no name of a bucket", "check the url of the remote")
    case "InvalidAccessKeyId":
      return (
        .permission, "the access key is not known where `\(place)` is",
        "check AWS_ACCESS_KEY_ID, the profile, or `access_key_id` of the remote"
      )
    case "SignatureDoesNotMatch":
      return (
        .permission, "the secret of the access key is wrong for `\(place)`",
        "check AWS_SECRET_ACCESS_KEY, the profile, or `secret_access_key` of the remote"
      )
    case "ExpiredToken", "TokenRefreshRequired", "ExpiredTokenException":
      return (
        .permission, "the session token for `\(place)` has expired",
        "sign in again, such as with `aws sso login`"
      )
    case "InvalidToken":
      return (
        .permission, "the session token for `\(place)` is not valid",
        "sign in again, or unset AWS_SESSION_TOKEN if the key is a lasting one"
      )
    case "RequestTimeTooSkewed", "RequestExpired": return skew(place)
    case "AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException":
      let there = region.map { "set `region = \($0)` on the remote" }
      return (
        .invalid, "the bucket `\(bucket)` is not in the region `\(used)`",
        there ?? "set the `region` of the remote to the bucket's"
      )
    case "InvalidObjectState":
      return (
        .unsupported, "`\(place)` is in an archive and cannot be read at once",
        "restore it first, such as with `aws s3api restore-object`"
      )
    case "BadDigest", "XAmzContentSHA256Mismatch", "InvalidDigest":
      return (
        .conflict, "what arrived at `\(place)` is not what was meant to be sent",
        "did the file change meanwhile? run the command again"
      )
    case "QuotaExceeded", "XMinioStorageFull", "StorageFull":
      return (.noSpace, "there is no room for `\(place)`", "free some room on the server")
    case "EntityTooLarge": return (.invalid, "`\(place)` is too large for the server", nil)
    default: return byStatus(place, bucket)
    }
  }

  private func byStatus(_ place: String, _ bucket: String) -> (Failure.Code, String, String?) {
    if isPassing {
      return (
        .unreachable, "the server of `\(place)` has a problem or is busy", "try again later"
      )
    }
    switch status {
    case 301, 307, 308:
      return (
        .invalid, "the bucket `\(bucket)` is elsewhere",
        "set the `region` and `endpointurl` of the remote to the bucket's"
      )
    case 401, 403:
      return (
        .permission, "access to `\(place)` is denied",
        "these credentials may not do it, or the key is not there and they may not list the bucket"
      )
    case 404: return (.notFound, "`\(place)` is not there", nil)
    case 507: return (.noSpace, "there is no room for `\(place)`", "free some room on the server")
    default: return (.invalid, "the server of `\(place)` refuses", nil)
    }
  }

  private func skew(_ place: String) -> (Failure.Code, String, String?) {
    var text = "the clock of this machine is wrong for the server of `\(place)`"
    if let date {
      let seconds = S3Time.now().seconds - date.seconds
      let minutes = (abs(seconds) + 30) / 60
      text =
        "the clock of this machine is \(minutes) minutes \(seconds < 0 ? "behind" : "before") that of "
        + "the server of `\(place)`"
    }
    return (.invalid, text, "set the clock, such as with `timedatectl set-ntp true`")
  }
}

extension String {
  /// The text with every place of another one made unreadable.
  fileprivate func masking(_ secret: String) -> String {
    var result: [UInt8] = []
    var rest = Array(utf8)[...]
    let wanted = Array(secret.utf8)
    while !rest.isEmpty {
      if rest.starts(with: wanted) {
        result += "…".utf8
        rest = rest.dropFirst(wanted.count)
      } else if let byte = rest.popFirst() {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
