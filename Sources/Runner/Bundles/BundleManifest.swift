import Formats
import Platform
import Records

/// What the archive of a run says of itself: `reprise.json`.
package struct BundleManifest: Sendable, Hashable {
  /// Of this form of archives.
  static let version: Int64 = 1
  static let format = "reprise-run"

  /// A file of the archive.
  struct Member: Sendable, Hashable {
    var path: String
    /// SHA-256, hexadecimal.
    var digest: String
    var size: Int64
  }

  /// A git bundle of a commit: the run's own, or that of a submodule.
  struct Code: Sendable, Hashable {
    /// The member that it is.
    var member: String
    /// 40 hexadecimal digits.
    var commit: String
    /// Where its files stand, from the top of the checkout; empty for the run's own.
    var folder: String
    /// Where the history ends, when it is not whole; see ``WrittenBundle/boundary``.
    var boundary: [String]
  }

  /// Who has the content of something that the run read or wrote.
  package enum Holder: String, Sendable, Hashable {
    /// The commit, with the patch of what was not committed.
    case code
    /// The objects of the archive, by SHA-256.
    case objects
    /// The artifacts, below `outputs`.
    case artifacts
    /// Nobody here, as was asked for.
    case leftOut = "left_out"
    /// Nobody here, because it could not be found.
    case missing
  }

  /// Something that the run read or wrote.
  package struct Content: Sendable, Hashable {
    package var role: RecordedFile.Role
    /// As the project declares it.
    package var path: String
    /// SHA-256 as it is recorded, hexadecimal.
    package var digest: String
    package var holder: Holder
  }

  /// A remote of versioned data.
  package struct Remote: Sendable, Hashable {
    package var name: String
    /// Without secrets.
    package var url: String

    package init(name: String, url: String) {
      self.name = name
      self.url = url
    }
  }

  package var run: RunID
  var members: [Member] = []
  var code: [Code] = []
  package var contents: [Content] = []
  package var remote: Remote?
  /// What a replay would want and is not here, for a person.
  package var missing: [String] = []

  init(run: RunID) { self.run = run }

  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("format", .string(Self.format)), .init("version", .int(Self.version)),
      .init("run_id", .string(run.hex)),
      .init(
        "code",
        .array(
          code.map { code in
            .object([
              .init("bundle", .string(code.member)), .init("commit", .string(code.commit)),
              .init("folder", .string(code.folder)),
              .init("boundary", .array(code.boundary.map { .string($0) })),
            ])
          })),
      .init(
        "contents",
        .array(
          contents.map { content in
            .object([
              .init("role", .string(content.role.rawValue)), .init("path", .string(content.path)),
              .init("sha256", .string(content.digest)),
              .init("held_by", .string(content.holder.rawValue)),
            ])
          })),
    ]
    if let remote {
      members.append(
        .init(
          "remote",
          .object([.init("name", .string(remote.name)), .init("url", .string(remote.url))])))
    }
    members.append(.init("missing", .array(missing.map { .string($0) })))
    members.append(
      .init(
        "members",
        .array(
          self.members.map { member in
            .object([
              .init("path", .string(member.path)), .init("sha256", .string(member.digest)),
              .init("size", .int(member.size)),
            ])
          })))
    return .object(members)
  }
}
