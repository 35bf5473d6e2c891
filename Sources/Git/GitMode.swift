import Glibc

/// The modes that git keeps: kind of file, and for files whether they may be run.
enum GitMode {
  static let file: UInt32 = 0o100644
  static let program: UInt32 = 0o100755
  static let link: UInt32 = 0o120000
  static let submodule: UInt32 = 0o160000
  static let folder: UInt32 = 0o040000

  /// What a file in the work tree would be committed as; nil for a folder, a fifo, a device.
  static func of(_ status: stat) -> UInt32? {
    switch status.st_mode & S_IFMT {
    case S_IFREG: status.st_mode & S_IXUSR != 0 ? program : file
    case S_IFLNK: link
    default: nil
    }
  }

  /// The same, when the file system or the settings cannot tell programs or links apart: then the recorded mode stands.
  static func of(
    _ status: stat, recorded: UInt32, _ settings: WorkTreeScan.Settings
  ) -> UInt32? {
    guard let mode = of(status) else { return nil }
    guard mode != link else { return mode }
    if !settings.hasLinks, recorded == link { return link }
    if !settings.trustsModes, recorded == file || recorded == program { return recorded }
    return settings.trustsModes ? mode : file
  }

  /// Whether two modes are of the same kind, as a patch can say it: a file that became a link is deleted and made anew.
  static func sameKind(_ a: UInt32, _ b: UInt32) -> Bool { a & 0o170000 == b & 0o170000 }
}
