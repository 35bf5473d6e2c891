import Formats
import Platform

/// A message of a kernel, whose signature was found right.
struct WireMessage: Sendable {
  /// The sender's name for it; unique.
  var id: String
  /// The type as it came; see ``kind``.
  var type: String
  /// The whole header, which an answer carries as its parent.
  var header: JSONValue = [:]
  /// When it was sent, as the sender wrote it (ISO 8601); empty when it wrote none.
  var date: String
  /// The id of the message that it belongs to; nil when it belongs to none.
  var parent: String?
  /// The JSON text of the content; nothing of it was looked at.
  var content: [UInt8]
  /// What follows the content as it is.
  var buffers: [[UInt8]] = []

  /// Nil for a type that a client need not know.
  var kind: MessageKind? { MessageKind(rawValue: type) }

  /// The content as a value.
  func parsedContent() throws(ParseFailure) -> NotebookJSON { try NotebookJSON(parsing: content) }
}
