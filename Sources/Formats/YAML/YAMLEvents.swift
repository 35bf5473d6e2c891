import CYAML
import Platform

/// The events of libyaml's parser, one after the other, as Swift values.
///
/// libyaml keeps a pointer to its parser inside, so the parser lives at a fixed address; the text has to outlive the
/// value.
final class YAMLEvents {
  enum Kind {
    case streamStart, streamEnd, documentStart, documentEnd
    case alias(String)
    case scalar(String, YAMLNode.ScalarStyle, isImplicit: Bool)
    case sequenceStart(YAMLNode.CollectionStyle)
    case mappingStart(YAMLNode.CollectionStyle)
    case collectionEnd
  }

  struct Event {
    var kind: Kind
    var anchor: String?
    var tag: String?
    var start: YAMLMark
    var end: YAMLMark
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let text: UnsafeBufferPointer<UInt8>

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    guard yaml_parser_initialize(parser) == 1 else { return }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    // A text without bytes may have no address, which libyaml does not take.
    yaml_parser_set_input_string(parser, text.baseAddress ?? Self.nothing, text.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deinitialize(count: 1)
    parser.deallocate()
  }

  private static var nothing: UnsafePointer<UInt8> {
    UnsafePointer(UnsafeRawPointer(StaticString("").utf8Start).assumingMemoryBound(to: UInt8.self))
  }

  /// The next event.
  func next() throws(ParseFailure) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
    defer { yaml_event_delete(&event) }
    var result = Event(
      kind: .streamEnd, start: YAMLMark(event.start_mark), end: YAMLMark(event.end_mark))
    switch event.type {
    case YAML_STREAM_START_EVENT: result.kind = .streamStart
    case YAML_DOCUMENT_START_EVENT: result.kind = .documentStart
    case YAML_DOCUMENT_END_EVENT: result.kind = .documentEnd
    case YAML_ALIAS_EVENT: result.kind = .alias(string(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      result.anchor = string(scalar.anchor)
      result.tag = string(scalar.tag)
      let text = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      result.kind = .scalar(
        String(decoding: text, as: UTF8.self), style(scalar.style),
        isImplicit: scalar.plain_implicit == 1)
    case YAML_SEQUENCE_START_EVENT:
      let sequence = event.data.sequence_start
      result.anchor = string(sequence.anchor)
      result.tag = string(sequence.tag)
      result.kind = .sequenceStart(sequence.style == YAML_FLOW_SEQUENCE_STYLE ? .flow : .block)
    case YAML_MAPPING_START_EVENT:
      let mapping = event.data.mapping_start
      result.anchor = string(mapping.anchor)
      result.tag = string(mapping.tag)
      result.kind = .mappingStart(mapping.style == YAML_FLOW_MAPPING_STYLE ? .flow : .block)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: result.kind = .collectionEnd
    default: result.kind = .streamEnd
    }
    return result
  }

  private func string(_ pointer: UnsafePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  private func style(_ style: yaml_scalar_style_t) -> YAMLNode.ScalarStyle {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  private func failure() -> ParseFailure {
    let parser = parser.pointee
    guard parser.error == YAML_SCANNER_ERROR || parser.error == YAML_PARSER_ERROR else {
      // The text was checked before: only the memory can be short.
      return ParseFailure(
        parser.problem.map { String(cString: $0) } ?? "not enough memory for YAML")
    }
    var message = parser.problem.map { String(cString: $0) } ?? "this is not YAML"
    let mark = YAMLMark(parser.problem_mark)
    if let context = parser.context.map({ String(cString: $0) }) {
      let start = YAMLMark(parser.context_mark)
      message += " \(context)"
      if start.line != mark.line { message += " that starts in line \(start.line)" }
    }
    return ParseFailure(
      message, line: mark.line, column: mark.column, hint: hint(at: parser.problem_mark))
  }

  /// What to change, when the character at the mark tells.
  private func hint(at mark: yaml_mark_t) -> String? {
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
    guard let scalar = scalars.dropFirst(mark.index).first else { return nil }
    return switch scalar {
    case "\t": "indent with spaces: YAML does not allow tabs there"
    case "@", "`", "%": "put the value in quotes: it must not start with `\(scalar)`"
    default: nil
    }
  }
}

extension YAMLMark {
  fileprivate init(_ mark: yaml_mark_t) {
    // Both count from 0 and are far below the limit of 64 bits.
    self.init(line: Int(mark.line) &+ 1, column: Int(mark.column) &+ 1, offset: Int(mark.index))
  }
}
