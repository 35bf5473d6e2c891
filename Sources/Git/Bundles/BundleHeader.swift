import Platform
import SystemPackage

/// What a git bundle says before its pack (gitformat-bundle(5)).
struct BundleHeader {
  /// The names and what each points at, in the order of the file.
  private(set) var references: [(name: String, object: ObjectID)] = []
  /// Where the pack begins.
  private(set) var packStart = 0

  /// More is no header.
  private static let limit = 1 << 20

  /// - Parameter bytes: the file's first ones, more than the header has when it is longer.
  init(_ bytes: [UInt8], of file: FilePath) throws {
    let text = bytes.prefix(Self.limit)
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
    func corrupt(_ reason: String) -> Failure {
      Failure(.corrupt, "the bundle `\(file)` cannot be read: \(reason)")
    }
    func string(_ line: ArraySlice<UInt8>) throws -> String {
      guard let text = String(validating: line, as: UTF8.self) else {
        throw corrupt("its header is not UTF-8")
      }
      return text
    }
    // What stands behind the last line feed is not a whole line.
    lines.removeLast()
    guard let first = lines.popFirst() else { throw corrupt("it is no git bundle") }
    let version = String(decoding: first.prefix(40), as: UTF8.self)
    guard version == "# v2 git bundle" || version == "# v3 git bundle" else {
      guard version.hasPrefix("# v"), version.hasSuffix(" git bundle") else {
        throw corrupt("it is no git bundle")
      }
      throw Failure(
        .unsupported, "the bundle `\(file)` is of a version that is not supported: \(version)",
        hint: "git bundle create --version=2")
    }
    var required: [String] = []
    while let line = lines.popFirst() {
      if line.isEmpty {
        packStart = line.endIndex + 1
        break
      }
      switch line.first {
      case UInt8(ascii: "@"): try Self.check(capability: string(line.dropFirst()), of: file)
      case UInt8(ascii: "-"): required.append(try string(line.dropFirst().prefix(40)))
      default:
        let words = try string(line).split(separator: " ", maxSplits: 1)
        guard words.count == 2, let id = ObjectID(digits: String(words[0])) else {
          throw corrupt("its header is damaged")
        }
        references.append((String(words[1]), id))
      }
    }
    guard packStart > 0 else { throw corrupt("it ends within its header") }
    if let first = required.first {
      throw Failure(
        .unsupported,
        "the bundle `\(file)` is not whole: it needs \(required.count) commit\(required.count == 1 ? "" : "s") from elsewhere, the first being \(first)",
        hint: "make it of a branch alone: git bundle create FILE BRANCH")
    }
    guard !references.isEmpty else { throw corrupt("it names no commit") }
  }

  private static func check(capability: String, of file: FilePath) throws {
    if capability == "object-format=sha1" { return }
    throw Failure(
      .unsupported, "the bundle `\(file)` asks for `\(capability)`, which is not supported",
      hint: "make it in a repository with SHA-1 names, and without a filter")
  }
}
