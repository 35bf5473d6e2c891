import Formats
import Platform
import Support
import Testing

@testable import Runner

@Suite("The story of a run that goes on") struct RunStoryTests {
  /// What the cells have put out: `2: output 0-4|shown`.
  private func text(_ story: RunStory) -> [String] {
    story.cells.keys.sorted().map { number in
      let cell = story.cells[number]
      let parts = ((cell?.head ?? []) + (cell?.tail ?? [])).map { part -> String in
        switch part.content {
        case .stream(let stream, let range): "\(stream) \(range.lowerBound)-\(range.upperBound)"
        case .shown(let shown): "shown \(shown.line.lowerBound)"
        }
      }
      return "\(number): " + parts.joined(separator: "|")
    }
  }

  private func event(_ line: String) throws -> DocumentEvent {
    try #require(DocumentEvent(Array(line.utf8)[...]))
  }

  private func take(
    _ story: inout RunStory, _ lines: [String], output: Int64 = 1000, error: Int64 = 1000
  ) throws {
    for (place, line) in lines.enumerated() {
      let start = Int64(place) * 10
      story.take(try event(line), at: start..<start + 9, sizes: [.output: output, .error: error])
    }
  }

  @Test("outputs stand where they happened, and follow each other as they came")
  func places() throws {
    var story = RunStory(numbers: [1, 2, 4])
    try take(
      &story,
      [
        #"{"ms":0,"kind":"status","status":"RUNNING"}"#, #"{"ms":1,"kind":"cell","cell":1}"#,
        #"{"ms":2,"kind":"stream","name":"stdout","bytes":5}"#,
        #"{"ms":3,"kind":"stream","name":"stdout","bytes":6}"#,
        #"{"ms":4,"kind":"display","data":{"text/plain":"x"}}"#,
        #"{"ms":5,"kind":"cell","cell":2}"#,
        #"{"ms":6,"kind":"stream","name":"stderr","bytes":4}"#,
        #"{"ms":7,"kind":"cell","cell":3}"#,
        #"{"ms":8,"kind":"stream","name":"stdout","bytes":1}"#,
        #"{"ms":9,"kind":"output","cell":1,"output":{"output_type":"display_data"}}"#,
      ])
    #expect(text(story) == ["1: output 0-11|shown 40|shown 90", "2: error 0-4|output 11-12"])
    #expect(story.current == 2)
    #expect(story.cells[1]?.began == 1 && story.cells[1]?.ended == 5)
    #expect(story.cells[2]?.began == 5 && story.cells[2]?.ended == nil)
    story.finish(at: 20)
    #expect(story.cells[2]?.ended == 20)
  }

  @Test("what no event has told of yet belongs to the cell that runs, and is not told twice")
  func rest() throws {
    var story = RunStory(numbers: [0, 1])
    try take(&story, [#"{"ms":1,"kind":"cell","cell":1}"#], output: 7)
    story.takeRest(sizes: [.output: 7, .error: 0])
    #expect(text(story) == ["1: output 0-7"])
    let version = story.version
    try take(&story, [#"{"ms":2,"kind":"stream","name":"stdout","bytes":7}"#], output: 7)
    story.takeRest(sizes: [.output: 7, .error: 0])
    #expect(story.version == version)
    // The events can tell of more than there is, as after a crash of the machine.
    try take(
      &story, [#"{"ms":2,"kind":"stream","name":"stdout","bytes":999999999999999999}"#], output: 9)
    #expect(text(story) == ["1: output 0-9"])
  }

  @Test("what came before anybody told of cells stands in the last, and then in the first")
  func beginning() throws {
    var story = RunStory(numbers: [2, 3, 5])
    story.takeRest(sizes: [.output: 4])
    #expect(text(story) == ["5: output 0-4"])
    let version = story.version
    try take(&story, [#"{"ms":1,"kind":"cell","cell":2}"#])
    #expect(text(story) == ["2: output 0-4", "5: "])
    #expect(story.cells.values.allSatisfy { $0.version > version })
  }

  @Test("a notebook's cell replaces its outputs, and takes them back")
  func replacing() throws {
    var story = RunStory(numbers: [0])
    let output = { (place: String) in
      #"{"ms":1,"kind":"output","cell":0,\#(place)"output":{"output_type":"display_data"}}"#
    }
    try take(
      &story,
      [
        #"{"ms":1,"kind":"cell","cell":0}"#, output(""),
        #"{"ms":1,"kind":"stream","name":"stdout","bytes":4}"#, output(""), output(#""place":2,"#),
        output(#""place":1,"#), output(#""place":99,"#), output(#""place":9223372036854775807,"#),
      ])
    #expect(text(story) == ["0: shown 10|shown 50|shown 40"])
    try take(&story, [#"{"ms":1,"kind":"clear","cell":0}"#, output(""), output(#""place":0,"#)])
    #expect(text(story) == ["0: shown 20"])
    #expect(story.cells[0]?.head.map(\.number) == [3])
    story.takeRest(sizes: [.output: 10])
    #expect(text(story) == ["0: shown 20|output 4-10"])
  }

  @Test("of many outputs the first and the last are kept, however many there are")
  func many() throws {
    var story = RunStory(numbers: [0])
    let line = try event(#"{"ms":1,"kind":"display","data":{"text/plain":"x"}}"#)
    for place in 0..<10_000 {
      story.take(line, at: Int64(place)..<Int64(place) + 1, sizes: [:])
    }
    let cell = try #require(story.cells[0])
    #expect(cell.head.map(\.number) == Array(0..<10))
    #expect(cell.tail.map(\.number) == Array(9980..<10_000))
    #expect(cell.leftOut == 9970)
  }

  /// Who applies the parts that changed since he looked last has what stands in the story.
  @Test("the changes since any version lead to the whole", arguments: 0..<40)
  func changes(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var story = RunStory(numbers: [0, 1, 2])
    var seen: [Int: [Int: StoryCell.Content]] = [:]
    var told = 0
    var sizes: [ChildStream: Int64] = [.output: 0, .error: 0]
    for step in 0..<400 {
      let cell = Int(random.next() % 3)
      let lines = [
        #"{"ms":1,"kind":"cell","cell":\#(cell)}"#, #"{"ms":1,"kind":"clear","cell":\#(cell)}"#,
        #"{"ms":1,"kind":"display","data":{"text/plain":"x"}}"#,
        #"{"ms":1,"kind":"output","cell":\#(cell),"place":\#(random.next() % 4),"output":{"output_type":"x"}}"#,
        #"{"ms":1,"kind":"output","cell":\#(cell),"output":{"output_type":"x"}}"#,
        #"{"ms":1,"kind":"stream","name":"stdout","bytes":3}"#,
        #"{"ms":1,"kind":"stream","name":"stderr","bytes":3}"#,
      ]
      let line = random.pick(lines)
      if line.contains("stdout") { sizes[.output, default: 0] += 3 }
      if line.contains("stderr") { sizes[.error, default: 0] += 3 }
      story.take(try event(line), at: Int64(step)..<Int64(step) + 1, sizes: sizes)
      guard random.chance(1, of: 5) || step == 399 else { continue }
      for (number, cell) in story.cells where cell.version > told {
        let parts = cell.head + cell.tail
        let numbers = Set(parts.map(\.number))
        var mine = (seen[number] ?? [:]).filter { numbers.contains($0.key) }
        for part in parts where part.version > told { mine[part.number] = part.content }
        seen[number] = mine
      }
      told = story.version
      for (number, cell) in story.cells {
        let whole = (cell.head + cell.tail).map { ($0.number, $0.content) }
        #expect(seen[number] == Dictionary(uniqueKeysWithValues: whole))
      }
    }
  }
}
