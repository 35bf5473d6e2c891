import Glibc
import Platform
import SystemPackage

/// Where a repository is fetched from, as a person types it: a path, `file://`, `https://`, `ssh://`, `git://`, or
/// `git@host:path`.
struct GitAddress: Hashable {
  /// What libgit2 is given; local paths are absolute.
  let url: String
  /// The folder of a local address.
  let localPath: FilePath?

  var isLocal: Bool { localPath != nil }

  /// What is shown and recorded.
  var shown: String { RemoteURL.withoutSecrets(url) }

  init(_ text: String) throws {
    guard !text.isEmpty, !text.utf8.contains(0), !text.utf8.contains(0x0A) else {
      throw Failure(.invalid, "`\(text)` is no address of a git repository")
    }
    if let scheme = text.range(of: "://") {
      let name = text[..<scheme.lowerBound].lowercased()
      switch name {
      case "file":
        let path = FilePath(Self.percentDecoded(text[scheme.upperBound...]))
        guard path.isAbsolute else {
          throw Failure(.invalid, "`\(text)` needs an absolute path, as `file:///home/me/project`")
        }
        url = text
        localPath = path
      case "http", "https", "ssh", "git", "git+ssh", "ssh+git":
        let plain = name == "git+ssh" || name == "ssh+git" ? "ssh" : name
        url = plain + text[scheme.lowerBound...]
        localPath = nil
      default:
        throw Failure(
          .unsupported,
          "`\(text)` has the scheme `\(name)`, which git repositories do not have here",
          hint: "use https://, ssh://, git://, file://, git@host:path or a folder")
      }
      return
    }
    // As git has it: a colon before any slash is a host, unless such a folder is there.
    let colon = text.firstIndex(of: ":")
    let slash = text.firstIndex(of: "/") ?? text.endIndex
    if let colon, colon < slash, colon != text.startIndex, !FileSystem.exists(FilePath(text)) {
      url = text
      localPath = nil
    } else {
      let path = try FileSystem.absolute(FilePath(text))
      url = path.string
      localPath = path
    }
  }

  /// A submodule's address; one that starts with `./` or `../` is relative to its parent's.
  func resolving(_ text: String) throws -> GitAddress {
    guard text.hasPrefix("./") || text.hasPrefix("../") else { return try GitAddress(text) }
    var base = url[...]
    while base.hasSuffix("/") { base = base.dropLast() }
    var rest = text[...]
    while true {
      if rest.hasPrefix("./") {
        rest = rest.dropFirst(2)
      } else if rest.hasPrefix("../") {
        rest = rest.dropFirst(3)
        // The last step of `git@host:path` is at the colon.
        guard let cut = base.lastIndex(where: { $0 == "/" || $0 == ":" }),
          !base[..<cut].hasSuffix(":/"), isLocal || !base[..<cut].isEmpty
        else { throw Failure(.invalid, "the submodule's address `\(text)` leads above `\(shown)`") }
        if base[cut] == ":" {
          return try GitAddress("\(base[...cut])\(rest)")
        }
        base = base[..<cut]
      } else {
        break
      }
    }
    return try GitAddress("\(base)/\(rest)")
  }

  /// The name of the folder that keeps it: the end of the address for people, a hash of all of it for us.
  var folderName: String {
    let words = shown.split { $0 == "/" || $0 == ":" }.suffix(2).joined(separator: "-")
    let allowed = words.unicodeScalars.map { scalar -> Character in
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      return isPlain || scalar == "-" || scalar == "_" || scalar == "." ? Character(scalar) : "_"
    }
    var readable = String(allowed.prefix(40))
    while readable.hasPrefix(".") || readable.hasPrefix("-") { readable.removeFirst() }
    return "\(readable)-\(SHA256.digest(of: Array(url.utf8)).hex)"
  }

  private static func percentDecoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
