import Formats
import Testing

@testable import Runner

@Suite("Events of a run") struct DocumentEventTests {
  private func text(_ line: String) -> String {
    guard let event = DocumentEvent(Array(line.utf8)[...]) else { return "none" }
    return switch event.kind {
    case .status(let status, let script): "\(event.time) \(status) \(script ?? "-")"
    case .stream(let stream, let count): "\(event.time) \(stream) \(count)"
    case .cell(let number): "\(event.time) cell \(number)"
    case .display(let data, _): "\(event.time) shows \(data.text())"
    case .output(let cell, let output, let place):
      "\(event.time) \(cell) \(place.map(String.init) ?? "-") \(output.text())"
    case .clear(let cell): "\(event.time) clear \(cell)"
    }
  }

  @Test(
    "are read as they are written, and what is none is left out",
    arguments: [
      (#"{"ms":6,"kind":"status","status":"RUNNING","script":"a.py"}"#, "6 running a.py"),
      (#"{"ms":6,"kind":"status","status":"WALKING"}"#, "none"),
      (#"{"ms":12,"kind":"stream","name":"stdout","bytes":340}"#, "12 output 340"),
      (#"{"ms":12,"kind":"stream","name":"stderr","bytes":1}"#, "12 error 1"),
      (#"{"kind":"stream", "bytes": 7, "name":"stderr"}"#, "0 error 7"),
      (#"{"ms":-4,"kind":"stream","name":"stdout","bytes":-340}"#, "0 output 0"),
      (#"{"ms":1,"kind":"cell","cell":2}"#, "1 cell 2"), (#"{"ms":1,"kind":"cell"}"#, "none"),
      (
        #"{"ms":3,"kind":"display","data":{"text/plain":"x"},"metadata":{}}"#,
        #"3 shows {"text/plain":"x"}"#
      ), (#"{"ms":3,"kind":"display","data":{}}"#, "none"),
      (
        #"{"ms":4,"kind":"output","cell":1,"output":{"output_type":"error"}}"#,
        #"4 1 - {"output_type":"error"}"#
      ),
      (
        #"{"ms":4,"kind":"output","cell":1,"place":0,"output":{"output_type":"error"}}"#,
        #"4 1 0 {"output_type":"error"}"#
      ), (#"{"ms":4,"kind":"output","cell":1,"output":{}}"#, "none"),
      (#"{"ms":4,"kind":"clear","cell":9}"#, "4 clear 9"), (#"{"ms":4,"kind":"dance"}"#, "none"),
      ("", "none"), ("[]", "none"), ("{", "none"),
      (#"{"ms":99999999999999999999,"kind":"stream","name":"stdout","bytes":1}"#, "0 output 1"),
      (#"{"ms":1,"kind":"cell","cell":9223372036854775807}"#, "1 cell 9223372036854775807"),
    ])
  func reads(line: String, expected: String) { #expect(text(line) == expected) }

  @Test("a line that a crash has cut off anywhere is none")
  func cut() {
    for line in [
      #"{"ms":12,"kind":"stream","name":"stdout","bytes":340}"#,
      #"{"ms":31,"kind":"display","data":{"text/plain":"{}}"},"metadata":{}}"#,
    ] {
      for count in 0..<line.utf8.count { #expect(text(String(line.prefix(count))) == "none") }
      #expect(text(line) != "none")
    }
  }
}
