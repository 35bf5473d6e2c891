/// The lines from some place on, counted from 0 there.
struct LineWindow: RandomAccessCollection {
  private let all: [String]
  private let start: Int

  init(_ lines: [String], from start: Int = 0) {
    all = lines
    self.start = Swift.min(start, lines.count)
  }

  var startIndex: Int { 0 }
  var endIndex: Int { all.count - start }

  subscript(index: Int) -> String { all[start + index] }

  /// The lines behind the first ones.
  func from(_ offset: Int) -> LineWindow { LineWindow(all, from: start + offset) }
}
