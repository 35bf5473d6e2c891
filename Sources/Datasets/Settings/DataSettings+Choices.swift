import Platform
import SystemPackage

extension DataSettings {
  /// The file of settings that DVC does not know, beside its own, which it reads strictly. Git keeps it.
  static let ownFile = "reprise"

  /// Whether a SHA-256 is recorded beside the md5 of what is added: `digest = sha256` under `[data]` in `.dvc/reprise`.
  ///
  /// - Throws: ``Failure`` with `.invalid` for another digest, which must not be taken for none.
  package func wantsStrongDigest() throws -> Bool {
    guard let setting = self["data", "digest"] else { return false }
    switch setting.value.lowercased() {
    case "sha256": return true
    case "md5": return false
    default:
      throw Failure(
        .invalid, "`data.digest` is `\(setting.value)`; it can be `sha256` or `md5`",
        hint: "git config --file .dvc/reprise data.digest sha256",
        at: SourceLocation(file: setting.file.string))
    }
  }

  /// Whether pointers and ignore files are given to git's index as they are written: DVC's `core.autostage`.
  package var stagesPointers: Bool { self["core", "autostage"]?.value.lowercased() == "true" }
}
