/// A finding as the cache keeps it: fields with a unit separator (0x1F) between them, a record separator (0x1E) behind the
/// last; the path is left out. Ten times sooner read than JSON.
enum CachedFinding {
  private static let unit: UInt8 = 0x1F
  private static let record: UInt8 = 0x1E

  /// Puts findings behind a text; false when one holds a separator itself.
  static func append(_ findings: [Finding], to text: inout [UInt8]) -> Bool {
    for finding in findings {
      func number(_ value: Int?) -> String { value.map(String.init) ?? "" }
      var fields = [
        finding.rule, finding.code ?? "", finding.severity.rawValue, number(finding.cell),
        number(finding.line), number(finding.column), number(finding.endLine),
        number(finding.endColumn), finding.message, finding.source ?? "", finding.context,
      ]
      if let fix = finding.fix {
        fields.append(fix.isSafe ? "safe" : "unsafe")
        for edit in fix.edits {
          guard let new = String(validating: edit.text, as: UTF8.self) else { return false }
          fields += [String(edit.range.lowerBound), String(edit.range.upperBound), new]
        }
      }
      for (index, field) in fields.enumerated() {
        if index > 0 { text.append(unit) }
        for byte in field.utf8 {
          switch byte {
          case unit, record: return false
          case 0x0A: text += [0x5C, 0x6E]
          case 0x5C: text += [0x5C, 0x5C]
          default: text.append(byte)
          }
        }
      }
      text.append(record)
    }
    return true
  }

  /// Reads findings; nil when the text is damaged.
  static func findings(_ text: ArraySlice<UInt8>, path: String) -> [Finding]? {
    guard text.isEmpty || text.last == record else { return nil }
    var findings: [Finding] = []
    for part in text.split(separator: record) {
      let fields = part.split(separator: unit, omittingEmptySubsequences: false)
      guard fields.count >= 11, let severity = Severity(rawValue: plain(fields[2])) else {
        return nil
      }
      func number(_ index: Int) -> Int? { Int(plain(fields[index])) }
      var finding = Finding(
        rule: plain(fields[0]), code: fields[1].isEmpty ? nil : plain(fields[1]),
        severity: severity, path: path, cell: number(3), line: number(4), column: number(5),
        endLine: number(6), endColumn: number(7), message: plain(fields[8]),
        source: fields[9].isEmpty ? nil : plain(fields[9]), context: plain(fields[10]))
      if fields.count > 11 {
        guard fields.count % 3 == 0 else { return nil }
        var edits: [Fix.Edit] = []
        for index in stride(from: 12, to: fields.count, by: 3) {
          guard let start = number(index), let end = number(index + 1), start >= 0, start <= end
          else { return nil }
          edits.append(Fix.Edit(start..<end, plain(fields[index + 2])))
        }
        finding.fix = Fix(isSafe: plain(fields[11]) == "safe", edits)
      }
      findings.append(finding)
    }
    return findings
  }

  private static func plain(_ field: ArraySlice<UInt8>) -> String {
    guard field.contains(0x5C) else { return String(decoding: field, as: UTF8.self) }
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in field {
      if isEscaped {
        bytes.append(byte == 0x6E ? 0x0A : byte)
        isEscaped = false
      } else if byte == 0x5C {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
