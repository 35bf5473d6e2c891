/// A file or folder that a run read or wrote, as it was when it was hashed.
package struct RecordedFile: Sendable, Hashable {
  package enum Role: String, Sendable, Hashable, CaseIterable { case input, output }
  package enum Kind: String, Sendable, Hashable, CaseIterable { case file, folder, missing }

  package var role: Role
  /// As the project declares it.
  package var path: String
  package var kind: Kind
  /// SHA-256, hexadecimal; nil when the file is missing, or is a pipe or a device.
  package var digest: String?
  /// Bytes, of all files in a folder.
  package var size: Int64
  /// 1 for a file, 0 when it is missing.
  package var fileCount: Int64

  package init(
    role: Role, path: String, kind: Kind, digest: String? = nil, size: Int64 = 0,
    fileCount: Int64 = 0
  ) {
    self.role = role
    self.path = path
    self.kind = kind
    self.digest = digest
    self.size = size
    self.fileCount = fileCount
  }

  /// What to say of one that has no digest.
  package var withoutDigest: String { kind == .missing ? "missing" : "no file to hash" }
}
