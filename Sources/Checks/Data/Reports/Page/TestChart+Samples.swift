import Compute
import Platform

extension TestChart {
  /// Where the axis of a picture is, and how high it is above it.
  private static let base = 118.0
  private static let height = 108.0

  private var axis: String {
    Self.line("axis", from: (0, Self.base), to: (Self.width, Self.base))
  }

  // MARK: Intervals

  /// Pairs of bars; the numbers between them are where one interval ends and the next begins.
  func tenths(_ edges: [Double], _ reference: [Double], _ current: [Double]) -> String {
    let count = min(reference.count, current.count)
    guard count > 0, edges.count == count - 1 else { return "" }
    let top = max(reference.max() ?? 0, current.max() ?? 0, 1e-12)
    let step = Self.width / Double(count)
    let width = min(step * 0.38, 24)
    var body = axis
    for place in 0..<count {
      let middle = step * (Double(place) + 0.5)
      let name = interval(edges, place)
      for (share, kind, x) in [
        (reference[place], "before", middle - width - 0.5), (current[place], "after", middle + 0.5),
      ] {
        let height = Self.height * share / top
        body += Self.bar(
          kind, x: x, y: Self.base - height, width: width, height: height,
          title: "\(name): \(shortNumber(share * 100))%")
      }
      if place > 0 {
        let x = step * Double(place)
        body += Self.line("axis", from: (x, Self.base), to: (x, Self.base + 4))
        body += Self.text(Self.brief(edges[place - 1]), x, Self.base + 17, "middle")
      }
    }
    return figure(body, height: Self.base + 24, legend: true)
  }

  private func interval(_ edges: [Double], _ place: Int) -> String {
    if edges.isEmpty { return words.all }
    if place == 0 { return "<= " + shortNumber(edges[0]) }
    if place == edges.count { return "> " + shortNumber(edges[place - 1]) }
    return shortNumber(edges[place - 1]) + ".." + shortNumber(edges[place])
  }

  // MARK: Values

  /// Two bars for each value, the most frequent ones first as they come.
  func categories(_ names: [String], _ reference: [Double], _ current: [Double]) -> String {
    let count = min(names.count, reference.count, current.count)
    let order = (0..<count).sorted {
      let (a, b) = (max(reference[$0], current[$0]), max(reference[$1], current[$1]))
      return a == b ? $0 < $1 : a > b
    }
    let shown = order.prefix(12).sorted()
    guard !shown.isEmpty else { return "" }
    let top = max(reference.max() ?? 0, current.max() ?? 0, 1e-12)
    var body = ""
    for (line, place) in shown.enumerated() {
      let y = Double(line) * 30
      body += Self.text(
        Self.fitted(names[place], Self.nameLength), Self.margin - 8, y + 18, "end")
      for (share, kind, offset) in [
        (reference[place], "before", 2.0), (current[place], "after", 14),
      ] {
        let length = Self.room * share / top
        body += Self.bar(kind, x: Self.margin, y: y + offset, width: length, height: 11)
        body += Self.text(
          shortNumber((share * 1000).rounded() / 10) + "%", Self.margin + length + 6,
          y + offset + 10)
      }
    }
    var height = Double(shown.count) * 30
    if count > shown.count {
      body += Self.text(words.others(count - shown.count), Self.margin, height + 14)
      height += 18
    }
    return figure(body, height: height + 4, legend: true)
  }

  // MARK: Functions

  /// Two distribution functions, and the gap where they are furthest apart.
  func distribution(
    _ xs: [Double], _ reference: [Double], _ current: [Double], _ gap: SamplePair.Gap
  ) -> String {
    guard let least = xs.first, let greatest = xs.last, greatest > least else { return "" }
    func x(_ value: Double) -> Double { Self.width * (value - least) / (greatest - least) }
    func y(_ share: Double) -> Double { Self.base - Self.height * share }
    // A distribution function stands still between the numbers of its sample.
    func path(_ ys: [Double]) -> String {
      zip(xs, ys).enumerated().map { place, point in
        let (x, y) = (Self.number(x(point.0)), Self.number(y(point.1)))
        return place == 0 ? "M\(x) \(y)" : "H\(x)V\(y)"
      }.joined()
    }
    var body = axis
    body += "<path class=\"before\" d=\"\(path(reference))\"/>"
    body += "<path class=\"after\" d=\"\(path(current))\"/>"
    let place = x(min(max(gap.value, least), greatest))
    body += Self.line("gap", from: (place, y(gap.reference)), to: (place, y(gap.current)))
    // Right of the gap there is nothing below the functions.
    let isLeft = place < Self.width * 0.6
    body += Self.text(
      "\(shortNumber(abs(gap.reference - gap.current))) \(words.at) \(shortNumber(gap.value))",
      isLeft ? place + 7 : 7, isLeft ? Self.base - 8 : 20)
    body += Self.text(Self.brief(least), 0, Self.base + 16)
    body += Self.text(Self.brief(greatest), Self.width, Self.base + 16, "end")
    return figure(body, height: Self.base + 22, legend: true)
  }

  // MARK: Counts

  /// Bars of one sample; what is outside of a test's lines is marked.
  func histogram(_ histogram: Histogram) -> String {
    guard histogram.high > histogram.low, let top = histogram.counts.max(), top > 0 else {
      return ""
    }
    let step = Self.width / Double(histogram.counts.count)
    let width = (histogram.high - histogram.low) / Double(histogram.counts.count)
    func x(_ value: Double) -> Double {
      Self.width * (value - histogram.low) / (histogram.high - histogram.low)
    }
    var body = axis
    for (place, count) in histogram.counts.enumerated() where count > 0 {
      let from = histogram.low + width * Double(place)
      let middle = from + width / 2
      let isOutside =
        histogram.marks.first.map { middle < $0 } == true
        || histogram.marks.last.map { middle > $0 } == true
      // One number is seen as well.
      let height = max(1.5, Self.height * Double(count) / Double(top))
      body += Self.bar(
        isOutside ? "miss" : "after", x: step * Double(place) + 0.5, y: Self.base - height,
        width: step - 1, height: height,
        title: "\(shortNumber(from))..\(shortNumber(from + width)): \(words.rows(count))")
    }
    for mark in histogram.marks where mark > histogram.low && mark < histogram.high {
      body += Self.line("gap", from: (x(mark), 4), to: (x(mark), Self.base))
      body += Self.text(Self.brief(mark), x(mark), Self.base + 16, "middle")
    }
    let left = histogram.left > 0 ? "← \(words.rows(histogram.left))" : Self.brief(histogram.low)
    let right =
      histogram.right > 0 ? "\(words.rows(histogram.right)) →" : Self.brief(histogram.high)
    body += Self.text(left, 0, Self.base + 30)
    body += Self.text(right, Self.width, Self.base + 30, "end")
    return figure(body, height: Self.base + 36)
  }
}
