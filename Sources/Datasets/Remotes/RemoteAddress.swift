import Platform
import SystemPackage

/// Where a remote is, as the `url` of DVC's config says it.
package enum RemoteAddress: Sendable, Hashable {
  case folder(FilePath)
  /// A bucket, and what stands before every key: without slashes at its ends, empty when nothing does.
  case s3(bucket: String, prefix: String)
  /// Without a slash at its end.
  case http(String)
  case ssh(SSHAddress)

  /// What DVC knows and we do not.
  private static let foreign: Set<String> = [
    "azure", "gdrive", "gs", "hdfs", "oss", "webdav", "webdavs", "webhdfs",
  ]

  /// - Throws: ``Failure``: `.unsupported` for a kind of storage that is not spoken, `.invalid` for what is no address.
  package init(_ url: String) throws {
    guard let mark = url.range(of: "://") else {
      guard url.hasPrefix("/") else {
        throw Failure(
          .invalid, "`\(url)` is no address of a remote",
          hint: "an absolute folder, or one of s3://, https://, http://, ssh://")
      }
      self = .folder(FilePath(url))
      return
    }
    let scheme = url[..<mark.lowerBound].lowercased()
    let rest = String(url[mark.upperBound...])
    guard !rest.utf8.contains(where: { $0 < 0x20 }) else {
      throw Failure(.invalid, "an address of a remote holds a control character")
    }
    switch scheme {
    case "file":
      guard rest.hasPrefix("/") else {
        throw Failure(.invalid, "`\(url)` names a host", hint: "write file:///FOLDER")
      }
      self = .folder(FilePath(rest))
    case "s3": self = try Self.s3(rest, url)
    case "http", "https": self = try Self.http(scheme, rest, url)
    case "ssh": self = .ssh(try SSHAddress(rest, url))
    case _ where Self.foreign.contains(scheme):
      throw Failure(
        .unsupported, "remotes of the kind `\(scheme)://` are not supported",
        hint: "those that are: a folder, s3://, http(s)://, ssh://; or push with dvc")
    default:
      throw Failure(
        .invalid, "`\(scheme)://` is no kind of remote",
        hint: "those that are: a folder, s3://, http(s)://, ssh://")
    }
  }

  private static func s3(_ rest: String, _ url: String) throws -> RemoteAddress {
    let parts = rest.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1).map { String($0) ?? "" }
    let isHost = parts.first?.utf8.allSatisfy { byte in
      Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber
        || "-._".utf8.contains(byte)
    }
    guard rest.first != "/", let bucket = parts.first, isHost == true, bucket.utf8.count < 256
    else {
      throw Failure(.invalid, "`\(url)` names no bucket", hint: "write s3://BUCKET/FOLDER")
    }
    let prefix = parts.count > 1 ? parts[1].trimmingSlashes : ""
    return .s3(bucket: bucket, prefix: prefix)
  }

  private static func http(_ scheme: String, _ rest: String, _ url: String) throws -> RemoteAddress
  {
    let host = rest.prefix { !"/?#".contains($0) }
    guard !host.isEmpty, !rest.contains("?"), !rest.contains("#") else {
      throw Failure(
        .invalid, "`\(HTTPClient.shown(url))` is no address that objects can be below",
        hint: "write \(scheme)://HOST/FOLDER, without `?` and `#`")
    }
    var end = rest[...]
    while end.last == "/" { end = end.dropLast() }
    return .http("\(scheme)://\(end)")
  }
}

extension String {
  /// The text without slashes at its ends.
  fileprivate var trimmingSlashes: String {
    var rest = self[...]
    while rest.first == "/" { rest = rest.dropFirst() }
    while rest.last == "/" { rest = rest.dropLast() }
    return String(rest)
  }

  /// Where a short text stands first.
  fileprivate func range(of text: String) -> Range<String.Index>? {
    var start = utf8.startIndex
    while start < utf8.endIndex {
      if utf8[start...].starts(with: text.utf8) {
        return start..<utf8.index(start, offsetBy: text.utf8.count)
      }
      start = utf8.index(after: start)
    }
    return nil
  }
}
