import Formats
import Platform
import SystemPackage

/// A name that is an address elsewhere (`s3://bucket/a.ipynb`): papermill knows stores of several kinds, we know files and what
/// HTTP reads.
struct RemoteName {
  private let text: String
  private let scheme: String

  /// Nil for a name of a file: one that does not begin with a scheme and `://`.
  init?(_ text: String) {
    guard let mark = text.firstRange(of: "://") else { return nil }
    let scheme = text[..<mark.lowerBound]
    guard URIScheme.isScheme(scheme) else { return nil }
    self.text = text
    self.scheme = scheme.lowercased()
  }

  /// Whether it can be read with HTTP.
  var isWeb: Bool { scheme == "http" || scheme == "https" }

  /// Why nothing is read from there, and how to have it as a file.
  var unread: Failure {
    Failure(
      .unsupported, "nothing is read from `\(scheme)://` addresses: `\(text)`",
      hint: "copy it to a file, and name that" + (copying(text, to: file) ?? ""))
  }

  /// Why nothing is written to there, and how to bring a file there.
  var unwritten: Failure {
    Failure(
      .unsupported, "nothing is written to `\(scheme)://` addresses: `\(text)`",
      hint: "name a file, and copy that there afterwards" + (copying(file, to: text) ?? ""))
  }

  /// Fails for a name that is an address, where only files are read.
  static func refuseReading(_ name: String) throws {
    if let address = RemoteName(name) { throw address.unread }
  }

  /// What the file would be called here.
  private var file: String {
    let path = String(text.prefix { $0 != "?" && $0 != "#" })
    return FilePath(path).lastComponent?.string ?? "notebook.ipynb"
  }

  /// A command that copies, behind a colon, by the program of the store; nil for stores whose program is not known.
  private func copying(_ source: String, to target: String) -> String? {
    let isUpload = target == text
    let program: String
    switch scheme {
    case "s3": program = "aws s3 cp"
    case "gs": program = "gcloud storage cp"
    case "hdfs": program = isUpload ? "hdfs dfs -put" : "hdfs dfs -get"
    case "http", "https": program = isUpload ? "curl --fail --upload-file" : "curl -fLo"
    default: return nil
    }
    // curl names the file first, whichever way.
    let (first, second) = isWeb && !isUpload ? (target, source) : (source, target)
    return ": \(program) \(ShellWord.quoted(first)) \(ShellWord.quoted(second))"
  }
}
