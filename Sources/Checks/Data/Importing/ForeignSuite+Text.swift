import Platform

extension ForeignSuite {
  /// The suite as a file of ours, with a comment for each thing that has no counterpart.
  package func text() -> String {
    var text = "# Taken over from \(suite.file) (\(tool.rawValue)) by `reprise test import`.\n"
    for remark in remarks {
      let mark = remark.isTranslated ? "not quite" : "left out"
      let line = "\(mark), line \(remark.location.line ?? 1): \(remark.what): \(remark.why)"
      text += "# \(line.replacing("\n", with: " ").replacing("\r", with: " "))\n"
    }
    return text + suite.yaml()
  }
}
