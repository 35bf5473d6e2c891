import Checks
import Platform

/// Findings as a person reads them: by file, with the line and a caret, and what to type next.
struct CheckText {
  private let language: MessageLanguage
  /// Without lines and carets.
  private let isConcise: Bool
  // Asked of the terminal once, not for every finding.
  private let isColored: Bool
  private let width: Int

  init(console: Console, language: MessageLanguage, isConcise: Bool = false) {
    self.language = language
    self.isConcise = isConcise
    isColored = console.colors.applies(to: 1)
    width = console.width ?? 100
  }

  private func styled(_ text: String, _ style: Style) -> String {
    isColored ? style.wrap(text) : text
  }

  func text(_ findings: [Finding]) -> String {
    var blocks: [String] = []
    var index = 0
    while index < findings.count {
      let path = findings[index].path
      var texts: [String] = []
      // By index, since a finding is costly to copy.
      while index < findings.count, findings[index].path == path {
        texts.append(text(findings[index]))
        index += 1
      }
      blocks.append(texts.joined(separator: isConcise ? "\n" : "\n\n"))
    }
    return blocks.joined(separator: isConcise ? "\n" : "\n\n")
  }

  private func text(_ finding: Finding) -> String {
    var place = styled(singleLine(finding.path), .bold)
    if let cell = finding.cell { place += ":cell \(cell)" }
    if let line = finding.line { place += ":\(line):\(finding.column ?? 1)" }
    let word = severity(finding.severity)
    let name = finding.rule + (finding.code.map { " (\($0))" } ?? "")
    var text = "\(place) \(word) \(styled(name, .cyan)) \(singleLine(finding.message))"
    guard !isConcise, let line = finding.line, let source = finding.source, !source.isEmpty else {
      return text
    }
    let number = String(line)
    let margin = String(repeating: " ", count: number.count)
    let excerpt = Excerpt(
      source, column: finding.column ?? 1,
      endColumn: finding.endLine == finding.line ? finding.endColumn : nil,
      width: max(20, width - number.count - 3))
    text += "\n" + styled("\(margin) |", .dim)
    text += "\n" + styled("\(number) |", .dim) + " " + excerpt.line
    text += "\n" + styled("\(margin) |", .dim) + " "
    text += styled(excerpt.carets, finding.severity == .error ? .red : .yellow)
    if let fix = finding.fix {
      let hint =
        language == .korean
        ? (fix.isSafe ? "고칠 수 있음: --fix" : "고칠 수 있음: --fix --unsafe")
        : (fix.isSafe ? "fix available: --fix" : "fix available: --fix --unsafe")
      text += "  " + styled(hint, .dim)
    }
    return text
  }

  private func severity(_ severity: Severity) -> String {
    switch (severity, language) {
    case (.error, .english): styled("error", .red)
    case (.warning, .english): styled("warning", .yellow)
    case (.info, .english): styled("info", .cyan)
    case (.error, .korean): styled("오류", .red)
    case (.warning, .korean): styled("경고", .yellow)
    case (.info, .korean): styled("참고", .cyan)
    }
  }

  /// How many, by severity, and what can be done: the last line.
  func summary(_ findings: [Finding], files: Int) -> String {
    var (errors, warnings, fixable, unsafe) = (0, 0, 0, 0)
    for index in findings.indices {
      switch findings[index].severity {
      case .error: errors += 1
      case .warning: warnings += 1
      case .info: break
      }
      guard let isSafe = findings[index].fix?.isSafe else { continue }
      if isSafe { fixable += 1 } else { unsafe += 1 }
    }
    if language == .korean {
      guard !findings.isEmpty else { return "파일 \(files)개: 지적 사항 없음" }
      var text = "파일 \(files)개: 오류 \(errors)개, 경고 \(warnings)개"
      if fixable > 0 { text += "; `reprise check --fix`로 \(fixable)개를 고칠 수 있습니다" }
      if unsafe > 0 { text += " (`--unsafe`로 \(unsafe)개 더)" }
      return text
    }
    let looked = files == 1 ? "1 file" : "\(files) files"
    guard !findings.isEmpty else { return "\(looked): nothing found" }
    func counted(_ count: Int, _ word: String) -> String {
      count == 1 ? "1 \(word)" : "\(count) \(word)s"
    }
    var text = "\(looked): \(counted(errors, "error")), \(counted(warnings, "warning"))"
    if fixable > 0 { text += "; `reprise check --fix` mends \(fixable)" }
    if unsafe > 0 {
      text +=
        fixable > 0
        ? ", `--unsafe` \(unsafe) more" : "; `reprise check --fix --unsafe` mends \(unsafe)"
    }
    return text
  }

  /// How often each rule was broken, most often first.
  func statistics(_ findings: [Finding]) -> String {
    var counts: [String: (count: Int, fixable: Int, code: String)] = [:]
    for finding in findings {
      let key = finding.rule + " " + (finding.code ?? "")
      counts[key, default: (0, 0, "")].count += 1
      counts[key, default: (0, 0, "")].fixable += finding.fix == nil ? 0 : 1
    }
    let ordered = counts.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    return aligned(
      ordered.map { key, value in
        (
          name: "\(value.count)",
          value: key.split(separator: " ").joined(separator: " ")
            + (value.fixable > 0 ? "  [\(value.fixable) fixable]" : "")
        )
      })
  }
}

/// One line of a file, cut so that the place is seen, with carets under it.
private struct Excerpt {
  var line: String
  var carets: String

  init(_ source: String, column: Int, endColumn: Int?, width: Int) {
    // Nearly all lines are ASCII, where a byte is a character that takes one cell.
    if source.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
      self.init(
        Array(source.utf8), column: column, endColumn: endColumn, width: width,
        text: { String(decoding: $0, as: UTF8.self) }, measured: \.count)
      return
    }
    func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
      var text = String.UnicodeScalarView()
      for scalar in scalars { text.append(scalar == "\t" ? " " : scalar) }
      return singleLine(String(text))
    }
    self.init(
      Array(source.unicodeScalars), column: column, endColumn: endColumn, width: width, text: text,
      measured: { textWidth(text($0)) })
  }

  private init<Sign>(
    _ all: [Sign], column: Int, endColumn: Int?, width: Int,
    text: (ArraySlice<Sign>) -> String, measured: (ArraySlice<Sign>) -> Int
  ) {
    var start = 0
    if column > width - 10 { start = max(0, column - width / 2) }
    let shown = all[min(start, all.count)..<min(all.count, start + width)]
    line = (start > 0 ? "…" : "") + text(shown)
    let place = min(max(0, column - 1), all.count)
    let end = min(max(place + 1, (endColumn ?? place + 2) - 1), max(all.count, place + 1))
    let before = place > start ? measured(all[start..<place]) : 0
    let inside = measured(all[min(place, all.count)..<min(end, all.count)])
    carets = String(repeating: " ", count: before + (start > 0 ? 1 : 0))
    carets += String(repeating: "^", count: max(1, min(inside, width - before)))
  }
}
