import Formats
import Platform
import Testing

@testable import Notebooks

@Suite("Frames of a kernel's messages") struct WireFramesTests {
  private let key = WireKey(text: "a-secret")

  /// The frames of a message as a kernel sends it, behind a topic.
  private func frames(content: String = #"{"name":"stdout","text":"é"}"#) -> [[UInt8]] {
    let parts = [
      #"{"msg_id":"1","msg_type":"stream","date":"2026-11-22T21:42:34.1Z"}"#, #"{"msg_id":"ours"}"#,
      "{}", content,
    ].map { Array($0.utf8) }
    return [Array("topic".utf8), Array("<IDS|MSG>".utf8), key.signature(of: parts)] + parts
  }

  @Test("what is encoded is decoded again")
  func roundTrip() throws {
    let content: JSONValue = ["code": "1+1\n한글", "silent": false]
    let frames = WireFrames.encode(
      .executeRequest, id: "s_1", session: "s", date: "now", parent: ["msg_id": "p"],
      content: content.utf8(), key: key)
    let message = try WireFrames.decode(frames, key: key)
    #expect(message.id == "s_1")
    #expect(message.kind == .executeRequest)
    #expect(message.parent == "p")
    #expect(message.header["version"]?.string == "5.4")
    #expect(try message.parsedContent() == NotebookJSON(content))
    #expect(message.buffers == [])
  }

  @Test("routing ids stand in front, buffers behind")
  func extras() throws {
    let message = try WireFrames.decode(frames() + [[1, 2], []], key: key)
    #expect(message.buffers == [[1, 2], []])
    #expect(message.parent == "ours")
    #expect(message.date == "2026-11-22T21:42:34.1Z")
  }

  /// RFC 4231, test case 2: the key "Jefe", here over four parts.
  @Test("the signature is HMAC-SHA256 over the four parts")
  func signature() {
    let parts = ["what do ya ", "want ", "for ", "nothing?"].map { Array($0.utf8) }
    let code = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    #expect(WireKey(text: "Jefe").signature(of: parts) == Array(code.utf8))
    #expect(WireKey(text: "").signature(of: parts) == [])
  }

  @Test("no changed byte is accepted")
  func tampering() throws {
    let good = frames()
    for index in 2..<7 {
      for offset in good[index].indices {
        var bad = good
        bad[index][offset] ^= 1
        #expect(throws: ParseFailure("a message with a wrong signature")) {
          try WireFrames.decode(bad, key: key)
        }
      }
    }
  }

  @Test(
    "what is no message is a failure",
    arguments: [
      ([], "a message without `<IDS|MSG>`"), (["x", "", "{}"], "a message without `<IDS|MSG>`"),
      (["<IDS|MSG>"], "a message without all its frames"),
      (["<IDS|MSG>", "", "{}", "{}", "{}"], "a message without all its frames"),
      (
        ["<IDS|MSG>", "", "{}", "{}", "{}", "{}"],
        "a message whose header has no `msg_id` and `msg_type`"
      ),
      (["<IDS|MSG>", "", "[", "{}", "{}", "{}"], "unexpected end of JSON"),
    ]) func garbage(frames: [String], message: String)
  {
    let failure = #expect(throws: ParseFailure.self) {
      try WireFrames.decode(frames.map { Array($0.utf8) }, key: WireKey(text: ""))
    }
    #expect(failure?.message == message)
  }

  @Test("without a key nothing is signed, and a signature is one too many")
  func unsigned() throws {
    var frames = frames()
    #expect(throws: ParseFailure.self) { try WireFrames.decode(frames, key: WireKey(text: "")) }
    frames[2] = []
    #expect(try WireFrames.decode(frames, key: WireKey(text: "")).kind == .stream)
  }
}
