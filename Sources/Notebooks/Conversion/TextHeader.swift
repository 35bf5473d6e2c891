import Formats
import Platform

/// What stands above the first cell of a text: metadata of the notebook as YAML between two lines `---`.
struct TextHeader {
  /// The metadata of the notebook.
  var metadata: NotebookObject = [:]
  /// Whether there was a `jupyter:` in it.
  var hasJupyter = false
  /// Front matter that is not ours: a raw cell.
  var cell: TextCell?
  /// How many lines of the text it takes.
  var count = 0
}

extension TextHeader {
  /// - Throws: ``ParseFailure`` with the line, when what stands between the marks is no YAML.
  init(_ lines: [String], _ format: TextFormat) throws(ParseFailure) {
    let prefix = format.headerPrefix
    var header: [String] = []
    var jupyter: [String] = []
    var (isInJupyter, isInComment, hasStarted, hasEnded) = (false, false, false, false)
    var extra: NotebookObject = [:]
    var last = -1
    var start = 0
    var firstLine = 0
    for (index, raw) in lines.enumerated() {
      last = index
      if index == 0, raw.begins(with: "#!") {
        extra["executable"] = .string(raw.dropping(2))
        start = 1
        continue
      }
      if index == 0 || index == 1 && !Self.isEncoding(lines[0], prefix),
        Self.isEncoding(raw, prefix)
      {
        extra["encoding"] = .string(raw)
        start = index + 1
        continue
      }
      guard raw.begins(with: prefix) else { break }
      if prefix.isEmpty, raw.trimmed.begins(with: "<!--") {
        isInComment = true
        continue
      }
      if isInComment {
        if hasEnded, raw.contains("-->") { break }
        if !hasStarted, raw.isBlank { continue }
      }
      let line = raw.uncommented(prefix)
      if Self.isMark(line) {
        if !hasStarted {
          hasStarted = true
          firstLine = index + 2
          continue
        }
        hasEnded = true
        if isInComment { continue }
        break
      }
      if !hasStarted, !line.isBlank { break }
      if Self.isJupyter(line) {
        isInJupyter = true
      } else if let first = line.unicodeScalars.first, !first.isPythonSpace {
        isInJupyter = false
      }
      if isInJupyter { jupyter.append(line) } else { header.append(line) }
    }
    guard hasEnded else {
      if !extra.isEmpty { metadata["jupytext"] = .object(extra) }
      count = start
      return
    }
    hasJupyter = !jupyter.isEmpty
    if hasJupyter { metadata = try Self.read(jupyter, firstLine: firstLine) }
    for (key, value) in extra {
      var jupytext = metadata["jupytext"]?.object ?? [:]
      jupytext[key] = value
      metadata["jupytext"] = .object(jupytext)
    }
    count = last + 1
    var isFollowed = false
    if count < lines.count {
      isFollowed = lines[count].uncommented(prefix).isBlank
      if isFollowed { count += 1 }
    }
    guard !header.isEmpty else { return }
    var options = CellOptions()
    let spacing = isFollowed ? 1 : 0
    let rest = LineWindow(lines, from: count)
    if spacing != CellSpacing.lines(between: ["---"], and: rest, isPython: format.isPython) {
      options["lines_to_next_cell"] = .int(spacing)
    }
    cell = TextCell(.raw, source: (["---"] + header + ["---"]), options: options)
  }

  private static func read(
    _ lines: [String], firstLine: Int
  ) throws(ParseFailure) -> NotebookObject {
    do throws(ParseFailure) {
      let value = try YAMLValue(parsing: lines.joined(separator: "\n"))
      return NotebookJSON(value["jupyter"] ?? .none).object ?? [:]
    } catch {
      throw ParseFailure(
        "the header is no YAML: \(error.message)", line: error.line.map { $0 + firstLine - 1 },
        column: error.column, hint: error.hint)
    }
  }

  private static func isMark(_ line: String) -> Bool {
    line.begins(with: "---") && line.dropping(3).isBlank
  }

  private static func isJupyter(_ line: String) -> Bool {
    guard line.begins(with: "jupyter") else { return false }
    return line.dropping(7).trimmed == ":"
  }

  /// `# -*- coding: utf-8 -*-` (PEP 263).
  private static func isEncoding(_ line: String, _ prefix: String) -> Bool {
    let rest = line.drop { " \t\u{0C}".contains($0) }
    guard rest.utf8.starts(with: prefix.utf8),
      let place = rest.utf8.firstRange(of: "coding".utf8)
    else { return false }
    let sign = rest.utf8[place.upperBound...]
    return (sign.first == UInt8(ascii: ":") || sign.first == UInt8(ascii: "="))
      && sign.dropFirst().first { $0 != 0x20 && $0 != 0x09 }.map {
        $0 == 0x2D || $0 == 0x5F || $0 == 0x2E || Unicode.Scalar($0).isASCIILetter
          || (0x30...0x39).contains($0)
      } == true
  }
}

extension String {
  /// Without a comment's sign and one space behind it.
  func uncommented(_ prefix: String) -> String {
    guard !prefix.isEmpty, begins(with: prefix) else { return self }
    return begins(with: prefix + " ")
      ? dropping(prefix.utf8.count + 1) : dropping(prefix.utf8.count)
  }
}

extension NotebookJSON {
  /// What YAML has and JSON has not becomes text.
  init(_ value: YAMLValue) {
    switch value {
    case .none: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .number(String(value))
    case .bigInt(let text): self = .number(text)
    case .float(let value): self = .double(value)
    case .list(let items), .tuple(let items), .set(let items):
      self = .array(items.map(NotebookJSON.init))
    case .map(let entries):
      self = .object(NotebookObject(entries.map { ($0.key.pythonText, NotebookJSON($0.value)) }))
    case .string, .bytes, .date, .dateTime: self = .string(value.pythonText)
    }
  }
}

extension YAMLValue {
  init(_ value: NotebookJSON) {
    switch value {
    case .null: self = .none
    case .bool(let value): self = .bool(value)
    case .number(let text):
      if let number = Int64(text) {
        self = .int(number)
      } else if text.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }) {
        self = .bigInt(text)
      } else {
        self = .float(value.double ?? .nan)
      }
    case .string(let text): self = .string(text)
    case .array(let items): self = .list(items.map(YAMLValue.init))
    case .object(let object):
      self = .map(object.map { Entry(.string($0.key), YAMLValue($0.value)) })
    }
  }
}
