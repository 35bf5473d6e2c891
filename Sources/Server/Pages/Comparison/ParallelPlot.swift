import Platform
import Records

/// A line for each run through its place on each of several axes.
struct ParallelPlot {
  let at: PageContext
  let runs: [Run]
  let axes: [ComparisonPlots.Measure]

  private let height = 340.0
  private let top = 46.0
  private let bottom = 22.0
  private let side = 70.0

  private var width: Double { max(720, Double(axes.count) * 130) }

  var figure: HTML {
    let step = (width - 2 * side) / Double(max(1, axes.count - 1))
    let places = axes.map(Self.places)
    return """
      <figure class="chart broad"><figcaption class="unseen">\(at[.parallel])</figcaption>\
      <div class="plot scroll" tabindex="0" role="group" aria-label="\(at[.parallel])">
      <svg class="parallel" width="\(px: width)" height="\(px: height)" \
      viewBox="0 0 \(px: width) \(px: height)" role="img" aria-label="\(at[.parallel])">\
      <desc>\(axes.map(\.name).joined(separator: ", "))</desc>\
      \(axes.enumerated().map { index, axis in rule(axis, side + Double(index) * step) })\
      \(runs.enumerated().map { index, run in line(index, run, places, step) })</svg></div></figure>
      """
  }

  private func y(_ place: Double) -> Double { top + (1 - place) * (height - top - bottom) }

  private func rule(_ axis: ComparisonPlots.Measure, _ x: Double) -> HTML {
    let marks: [(String, Double)]
    if axis.isNumeric {
      let range = ChartAxis(holding: Self.numbers(axis))
      marks = [(ChartNumber.mark(range.low), 0), (ChartNumber.mark(range.high), 1)]
    } else {
      let words = Self.words(axis)
      marks = words.enumerated().map { ($1, Self.place(of: $0, among: words.count)) }
    }
    return """
      <g aria-hidden="true"><line class="base" x1="\(px: x)" x2="\(px: x)" y1="\(px: top)" \
      y2="\(px: height - bottom)"/>\
      <text class="axis" x="\(px: x)" y="16" text-anchor="middle">\(short(axis.name, 18))</text>\
      \(marks.map { text, place -> HTML in
        "<text class=\"tick\" x=\"\(px: x + 6)\" y=\"\(px: y(place) + (place == 1 ? -4 : place == 0 ? 13 : 4))\">\(short(text, 14))</text>"
      })</g>
      """
  }

  private func line(_ index: Int, _ run: Run, _ places: [[Double?]], _ step: Double) -> HTML {
    var path = ""
    var isOpen = false
    for (axis, places) in places.enumerated() {
      guard let place = places[index] else {
        isOpen = false
        continue
      }
      path +=
        (isOpen ? "L" : "M") + ChartNumber.pixel(side + Double(axis) * step)
        + " " + ChartNumber.pixel(y(place))
      isOpen = true
    }
    let values = axes.map { axis -> String in
      switch axis.values[index] {
      case .number(let value)?: "\(axis.name) \(PageNumber.metric(value))"
      case .word(let word)?: "\(axis.name) \(short(word, 40))"
      case nil: "\(axis.name) –"
      }
    }
    return """
      <path class="line c\(index % 8)" d="\(path)" data-tip="\(run.name)&#10;\(values.joined(separator: "\n"))"/>
      """
  }

  private func short(_ text: String, _ count: Int) -> String {
    text.count > count ? text.prefix(count - 1) + "…" : text
  }

  private static func numbers(_ axis: ComparisonPlots.Measure) -> [Double] {
    axis.values.compactMap { if case .number(let value)? = $0 { value } else { nil } }
  }

  /// Numbers among words are words, too.
  private static func words(_ axis: ComparisonPlots.Measure) -> [String] {
    Set(axis.values.compactMap(word)).sorted()
  }

  private static func word(_ value: ComparisonPlots.Measure.Value?) -> String? {
    switch value {
    case .word(let word)?: word
    case .number(let number)?: shortNumber(number)
    case nil: nil
    }
  }

  private static func place(of index: Int, among count: Int) -> Double {
    count > 1 ? Double(index) / Double(count - 1) : 0.5
  }

  /// Where each run stands on an axis, from 0 at the foot to 1.
  private static func places(_ axis: ComparisonPlots.Measure) -> [Double?] {
    if axis.isNumeric {
      let range = ChartAxis(holding: numbers(axis))
      return axis.values.map {
        if case .number(let value)? = $0 { range.place(value) } else { nil }
      }
    }
    let words = words(axis)
    return axis.values.map { value in
      word(value).flatMap { words.firstIndex(of: $0) }.map { place(of: $0, among: words.count) }
    }
  }
}
