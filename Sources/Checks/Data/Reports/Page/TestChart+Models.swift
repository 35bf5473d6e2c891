import Platform

extension TestChart {
  // MARK: Calibration

  /// Accuracy over confidence, with the line that a calibrated model is on; circles are as large as their bins.
  func reliability(_ points: [OutcomeDetail.ReliabilityPoint]) -> String {
    let size = 220.0
    let most = Double(points.map(\.count).max() ?? 1)
    func x(_ share: Double) -> Double { 40 + size * share }
    func y(_ share: Double) -> Double { 10 + size * (1 - share) }
    var body = Self.line("axis", from: (x(0), y(0)), to: (x(1), y(0)))
    body += Self.line("axis", from: (x(0), y(0)), to: (x(0), y(1)))
    body += "<path class=\"before\" d=\"M\(Self.number(x(0))) \(Self.number(y(0)))"
    body += "L\(Self.number(x(1))) \(Self.number(y(1)))\"/>"
    let path = points.enumerated().map { place, point in
      "\(place == 0 ? "M" : "L")\(Self.number(x(point.confidence))) \(Self.number(y(point.accuracy)))"
    }.joined()
    body += "<path class=\"after\" d=\"\(path)\"/>"
    for point in points {
      let radius = 3 + 6 * (Double(point.count) / most).squareRoot()
      body += "<circle class=\"after\" cx=\"\(Self.number(x(point.confidence)))\""
      body += " cy=\"\(Self.number(y(point.accuracy)))\" r=\"\(Self.number(radius))\"><title>"
      body += "\(words.confidence) \(shortNumber(point.confidence)), "
      body += "\(words.accuracy) \(shortNumber(point.accuracy)), "
      body += "\(words.rows(point.count))</title></circle>"
    }
    for share in [0, 0.5, 1] {
      body += Self.text(shortNumber(share), x(share), y(0) + 17, "middle")
      body += Self.text(shortNumber(share), 34, y(share) + 4, "end")
    }
    body += Self.text("\(words.confidence) →", x(1) + 14, y(0) + 4)
    body += Self.text("↑ \(words.accuracy)", x(0) + 8, 20)
    return figure(body, height: size + 34)
  }

  // MARK: Slices

  /// A line for each slice: its bar, its interval, and where all rows are.
  func slices(_ rows: [OutcomeDetail.SliceRow], _ overall: Double) -> String {
    let shown = rows.prefix(40)
    guard !shown.isEmpty else { return "" }
    let ends = shown.flatMap { row in
      [row.value, row.interval?.lowerBound, row.interval?.upperBound].compactMap(\.self)
    }
    let top = max(ends.map { abs($0) }.max() ?? 0, abs(overall), 1e-12)
    func x(_ value: Double) -> Double { Self.margin + (Self.room - 20) * max(0, value) / top }
    var body = ""
    for (place, row) in shown.enumerated() {
      let y = Double(place) * 22
      body += Self.text(
        Self.fitted(row.name, Self.nameLength), Self.margin - 8, y + 14, "end")
      guard let value = row.value else {
        body += Self.text(words.tooFew(row.count), Self.margin, y + 14)
        continue
      }
      body += Self.bar(
        row.passes ? "after" : "miss", x: Self.margin, y: y + 3, width: x(value) - Self.margin,
        height: 14)
      if let interval = row.interval {
        body += Self.line(
          "range", from: (x(interval.lowerBound), y + 10), to: (x(interval.upperBound), y + 10))
      }
      body += Self.text(
        "\(shortNumber((value * 1e4).rounded() / 1e4)) · \(words.rows(row.count))",
        Self.margin + Self.room - 14, y + 14)
    }
    let bottom = Double(shown.count) * 22
    body += Self.line("gap", from: (x(overall), 0), to: (x(overall), bottom))
    body += Self.text(
      "\(words.all): \(shortNumber((overall * 1e4).rounded() / 1e4))", x(overall), bottom + 14,
      "middle")
    return figure(body, height: bottom + 20)
  }

  // MARK: Groups

  /// For each rate a bar of each group.
  func groups(_ names: [String], _ rates: [OutcomeDetail.GroupRate]) -> String {
    var body = ""
    var y = 0.0
    for rate in rates {
      body += Self.text(words.rate(rate.name), 0, y + 14)
      y += 20
      for (name, value) in zip(names, rate.values) {
        let length = Self.room * min(1, max(0, value.isFinite ? value : 0))
        body += Self.text(Self.fitted(name, Self.nameLength), Self.margin - 8, y + 14, "end")
        body += Self.bar("after", x: Self.margin, y: y + 3, width: length, height: 14)
        body += Self.text(
          value.isFinite ? shortNumber((value * 1e4).rounded() / 1e4) : "—",
          Self.margin + length + 6, y + 14)
        y += 20
      }
      y += 6
    }
    return y > 0 ? figure(body, height: y) : ""
  }
}
