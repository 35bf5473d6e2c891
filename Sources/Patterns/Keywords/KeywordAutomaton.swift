/// All keywords as one machine that reads each byte once (Aho and Corasick, 1975), its table full and both cases alike.
struct KeywordAutomaton: Sendable {
  /// The class of each byte; class 0 stands in no keyword.
  private(set) var classes = [UInt8](repeating: 0, count: 256)
  private(set) var stride = 1
  /// Marks a state that a keyword ends in.
  static let ends: UInt32 = 0x8000_0000
  /// The next state, already times the stride and perhaps marked, by state and class. State 0 is the root.
  private(set) var table: [UInt32] = []
  /// The keywords that end in a state: `matches[first[state]..<first[state + 1]]`, the longest first.
  private(set) var first: [UInt32] = []
  private(set) var matches: [UInt32] = []

  init(_ keywords: [Keyword]) {
    var classCount = 1
    for byte in keywords.lazy.flatMap(\.bytes) where classes[Int(byte.lowered)] == 0 {
      // At most 230, since upper-case letters have none of their own.
      classes[Int(byte.lowered)] = UInt8(truncatingIfNeeded: classCount)
      classCount += 1
    }
    for byte in UInt8(ascii: "A")...UInt8(ascii: "Z") {
      classes[Int(byte)] = classes[Int(byte.lowered)]
    }
    stride = classCount
    var next = [UInt32](repeating: 0, count: stride)
    var ending: [[UInt32]] = [[]]
    for (index, keyword) in keywords.enumerated() where !keyword.bytes.isEmpty {
      var state = 0
      for byte in keyword.bytes {
        let place = state * stride + Int(classes[Int(byte.lowered)])
        if next[place] == 0 {
          next[place] = UInt32(ending.count)
          ending.append([])
          next += [UInt32](repeating: 0, count: stride)
        }
        state = Int(next[place])
      }
      ending[state].append(UInt32(index))
    }
    complete(&next, &ending)
    table = next.map {
      $0 * UInt32(stride) | (ending[Int($0)].isEmpty ? 0 : Self.ends)
    }
    first.append(0)
    for state in ending {
      matches += state
      first.append(UInt32(matches.count))
    }
  }

  /// Fills in where each state goes when no keyword goes on: where its longest proper end would.
  private func complete(_ next: inout [UInt32], _ ending: inout [[UInt32]]) {
    var fallback = [UInt32](repeating: 0, count: ending.count)
    var waiting: [Int] = []
    for byteClass in 0..<stride where next[byteClass] != 0 { waiting.append(Int(next[byteClass])) }
    var position = 0
    while position < waiting.count {
      let state = waiting[position]
      position += 1
      let back = Int(fallback[state])
      ending[state] += ending[back]
      for byteClass in 0..<stride {
        let place = state * stride + byteClass
        let other = next[back * stride + byteClass]
        if next[place] == 0 {
          next[place] = other
        } else {
          fallback[Int(next[place])] = other
          waiting.append(Int(next[place]))
        }
      }
    }
  }
}
