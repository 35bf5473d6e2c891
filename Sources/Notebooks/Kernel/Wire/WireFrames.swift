import Formats
import Platform

/// The frames of a message on a socket: routing ids, `<IDS|MSG>`, signature, header, parent header, metadata, content, and
/// any number of buffers.
enum WireFrames {
  private static let delimiter = Array("<IDS|MSG>".utf8)

  /// Reads frames that came.
  ///
  /// The signature is looked at before anything is parsed.
  ///
  /// - Throws: ``ParseFailure``: no message of the protocol, or none that was signed with this key.
  static func decode(_ frames: [[UInt8]], key: WireKey) throws(ParseFailure) -> WireMessage {
    guard let start = frames.firstIndex(of: delimiter) else {
      throw ParseFailure("a message without `<IDS|MSG>`")
    }
    guard frames.count - start >= 6 else { throw ParseFailure("a message without all its frames") }
    guard key.accepts(frames[start + 1], of: frames[(start + 2)..<(start + 6)]) else {
      throw ParseFailure("a message with a wrong signature")
    }
    let header = try JSONValue(parsing: frames[start + 2], allowsNonFinite: true)
    guard let id = header["msg_id"]?.string, let type = header["msg_type"]?.string else {
      throw ParseFailure("a message whose header has no `msg_id` and `msg_type`")
    }
    let parent = try JSONValue(parsing: frames[start + 3], allowsNonFinite: true)
    return WireMessage(
      id: id, type: type, header: header, date: header["date"]?.string ?? "",
      parent: parent["msg_id"]?.string,
      content: frames[start + 5], buffers: Array(frames[(start + 6)...]))
  }

  /// The frames of a message that we send.
  static func encode(
    _ kind: MessageKind, id: String, session: String, date: String, parent: JSONValue = .object([]),
    content: [UInt8], key: WireKey
  ) -> [[UInt8]] {
    let header: JSONValue = [
      "date": .string(date), "msg_id": .string(id), "msg_type": .string(kind.rawValue),
      "session": .string(session), "username": "reprise", "version": "5.4",
    ]
    let parts = [header, parent, [:]].map { $0.utf8() } + [content]
    return [delimiter, key.signature(of: parts)] + parts
  }
}
