/// JUnit's XML: a suite for each file, a failure for each finding.
package enum JUnitReport {
  package static func text(_ findings: [Finding], files: Int) -> String {
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    let failures = findings.count { $0.severity != .info }
    text += "<testsuites name=\"reprise check\" tests=\"\(max(files, findings.count))\""
    text += " failures=\"\(failures)\" errors=\"0\">\n"
    var index = 0
    while index < findings.count {
      let path = findings[index].path
      let end = findings[index...].firstIndex { $0.path != path } ?? findings.count
      let own = findings[index..<end]
      text += "  <testsuite name=\"\(escaped(path))\" tests=\"\(own.count)\""
      text += " failures=\"\(own.count { $0.severity != .info })\" errors=\"0\">\n"
      for finding in own {
        let cell = finding.cell.map { "cell \($0), " } ?? ""
        let place = "\(cell)line \(finding.line ?? 1), column \(finding.column ?? 1)"
        text += "    <testcase name=\"\(escaped(finding.rule))\" classname=\"\(escaped(path))\""
        text += " line=\"\(finding.line ?? 1)\" column=\"\(finding.column ?? 1)\">\n"
        text += "      <failure type=\"\(finding.severity.rawValue)\""
        text += " message=\"\(escaped(finding.message))\">\(place)</failure>\n    </testcase>\n"
      }
      text += "  </testsuite>\n"
      index = end
    }
    if findings.isEmpty {
      text +=
        "  <testsuite name=\"reprise check\" tests=\"\(files)\" failures=\"0\" errors=\"0\"/>\n"
    }
    return text + "</testsuites>\n"
  }

  /// A text as it can stand in an attribute or between tags.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      // XML 1.0 has no way to write these.
      case _ where scalar.value < 0x20 && scalar != "\t" && scalar != "\n": result += "\u{FFFD}"
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
