import Formats
import Platform

/// Whether a `.dvc` file can be read, names hashes as they are, and has git ignore what it points to.
enum PointerForm {
  static func check(
    _ path: String, _ project: ProjectFiles, _ report: (ProjectFinding) -> Void
  ) {
    guard let bytes = project.read(path) else { return }
    let root: YAMLNode?
    do { root = try YAMLNode(parsing: bytes) } catch {
      return report(
        ProjectFinding(
          "invalid", path, line: error.line, column: error.column, ["why": error.message]))
    }
    guard let root, let outputs = field("outs", root)?.items else {
      return report(
        ProjectFinding("invalid", path, line: 1, column: 1, ["why": "it has no `outs`"]))
    }
    let folder = path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
    let working = field("wdir", root)?.text.map { $0 + "/" } ?? ""
    for output in outputs {
      guard let place = field("path", output)?.text else {
        report(
          ProjectFinding(
            "invalid", path, line: output.mark.line, column: output.mark.column,
            ["why": "an output has no `path`"]))
        continue
      }
      if let digest = field("md5", output), let text = digest.text, !isDigest(text) {
        report(
          ProjectFinding(
            "digest", path, line: digest.mark.line, column: digest.mark.column, ["digest": text]))
      }
      // What lies elsewhere is not this repository's to ignore.
      guard !place.contains("://"), !place.hasPrefix("/"), !place.contains(".."),
        !working.contains("..") && !working.hasPrefix("/"),
        field("cache", output)?.text?.lowercased() != "false"
      else { continue }
      let target = folder + working + place
      if project.isTracked(target)
        || project.paths.contains(where: { $0.hasPrefix(target + "/") && project.isTracked($0) })
      {
        report(ProjectFinding("tracked", path, ["what": target]))
      } else if !project.isIgnored(target) {
        report(ProjectFinding("not-ignored", path, ["what": target]))
      }
    }
  }

  private static func field(_ key: String, _ node: YAMLNode) -> YAMLNode? {
    node.pairs?.first { $0.key.text == key }?.value
  }

  /// 32 hexadecimal digits, and `.dir` for a folder.
  private static func isDigest(_ text: String) -> Bool {
    let digits = text.hasSuffix(".dir") ? text.dropLast(4) : text[...]
    return digits.utf8.count == 32
      && digits.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x61 && $0 <= 0x66 }
  }
}
