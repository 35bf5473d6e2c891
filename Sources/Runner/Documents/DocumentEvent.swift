import Formats
import Platform
import Records

/// One line of a run's `document/events.jsonl`, as ``EventLog`` writes it.
package struct DocumentEvent: Sendable {
  package enum Kind: Sendable {
    /// The run stands so now; when it began, the name of its script below `document/source`.
    case status(RunStatus, script: String?)
    /// So many bytes were added to the file of a stream.
    case stream(ChildStream, Int64)
    /// The cell of that number began.
    case cell(Int)
    /// Something was displayed, where the run was.
    case display(data: JSONValue, metadata: JSONValue)
    /// A cell put something out, as nbformat has it: behind its others, or in the place of one of them.
    case output(cell: Int, JSONValue, place: Int?)
    /// A cell took back what it had put out.
    case clear(cell: Int)
  }

  /// Milliseconds since the run began.
  package var time: Int64
  package var kind: Kind

  /// Nil for what is no event, such as a line that a crash has cut off, and for kinds that are not known here.
  package init?(_ line: ArraySlice<UInt8>) {
    // There can be a hundred thousand of these, and they all look alike.
    if let event = DocumentEvent(streamed: line) {
      self = event
      return
    }
    guard line.first == UInt8(ascii: "{"), line.last == UInt8(ascii: "}"),
      let value = try? JSONValue(parsing: Array(line), allowsNonFinite: true),
      let kind = DocumentEvent.kind(value)
    else { return nil }
    time = max(0, value["ms"]?.int ?? 0)
    self.kind = kind
  }

  private static func kind(_ value: JSONValue) -> Kind? {
    let cell = value["cell"]?.int.map { Int(clamping: $0) }
    switch value["kind"]?.string {
    case "status":
      guard let status = value["status"]?.string.flatMap(RunStatus.init(rawValue:)) else {
        return nil
      }
      return .status(status, script: value["script"]?.string)
    case "stream":
      let stream = value["name"]?.string == "stderr" ? ChildStream.error : .output
      return value["bytes"]?.int.map { .stream(stream, max(0, $0)) }
    case "cell": return cell.map { .cell($0) }
    case "display":
      guard let bundle = try? MediaBundle(value) else { return nil }
      return .display(data: .object(bundle.data), metadata: .object(bundle.metadata))
    case "output":
      guard let cell, let output = value["output"], output["output_type"]?.string != nil else {
        return nil
      }
      return .output(cell: cell, output, place: value["place"]?.int.map { Int(clamping: $0) })
    case "clear": return cell.map { .clear(cell: $0) }
    default: return nil
    }
  }

  /// `{"ms":12,"kind":"stream","name":"stdout","bytes":340}`, as it is written and in no other form.
  package init?(streamed line: ArraySlice<UInt8>) {
    var rest = line
    guard line.count < 120, Self.take("{\"ms\":", from: &rest),
      let time = Self.number(&rest), Self.take(",\"kind\":\"stream\",\"name\":\"std", from: &rest)
    else { return nil }
    let stream: ChildStream
    if Self.take("out\"", from: &rest) {
      stream = .output
    } else if Self.take("err\"", from: &rest) {
      stream = .error
    } else {
      return nil
    }
    guard Self.take(",\"bytes\":", from: &rest), let count = Self.number(&rest),
      rest.elementsEqual("}".utf8)
    else { return nil }
    (self.time, kind) = (time, .stream(stream, count))
  }

  private static func take(_ text: StaticString, from rest: inout ArraySlice<UInt8>) -> Bool {
    text.withUTF8Buffer { wanted in
      guard rest.count >= wanted.count, rest.prefix(wanted.count).elementsEqual(wanted) else {
        return false
      }
      rest = rest.dropFirst(wanted.count)
      return true
    }
  }

  /// Nil for no digits, and for more than fit.
  private static func number(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard !digits.isEmpty, digits.count <= 18 else { return nil }
    rest = rest.dropFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }
}
