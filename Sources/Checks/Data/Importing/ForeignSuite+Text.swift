import Platform

extension ForeignSuite {
  /// The suite as a file of ours, with a comment for each thing that has no counterpart.
  package func text() -> String {
    var text =
      "# Taken over from \(singleLine(suite.file)) (\(tool.rawValue)) by `reprise test import`.\n"
    for remark in remarks {
      let mark = remark.isTranslated ? "not quite" : "left out"
      let line = "\(mark), line \(remark.location.line ?? 1): \(remark.what): \(remark.why)"
      text += "# \(singleLine(line))\n"
    }
    return text + suite.yaml()
  }
}
