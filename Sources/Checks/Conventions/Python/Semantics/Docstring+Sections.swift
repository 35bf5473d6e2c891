import Python

extension Docstring {
  typealias SectionReport = (String, Range<Int>, [String: String], Fix?) -> Void

  /// D214, D215, D405 to D417 and D420.
  func check(
    _ sections: (style: Section.Style, list: [Section]), _ report: SectionReport
  ) {
    let list = sections.list
    guard !list.isEmpty else { return }
    checkOrder(sections, report)
    for (index, section) in list.enumerated() {
      checkCommon(section, next: index + 1 < list.count ? list[index + 1] : nil, report)
      checkUnderline(section, sections.style, report)
      let suffix = bytes[section.suffix]
      let values = ["name": text(section.nameRange)]
      switch sections.style {
      case .numpy:
        if !suffix.isEmpty {
          report("D406", section.nameRange, values, Fix([Fix.Edit(section.suffix, "")]))
        }
        if section.name == "Parameters" { checkArguments(listed(section), report) }
      case .google:
        if !suffix.elementsEqual(":".utf8) {
          report("D416", section.nameRange, values, Fix([Fix.Edit(section.suffix, ":")]))
        }
      }
    }
    if sections.style == .google {
      let lists = list.filter { Section.arguments.contains($0.name) }
      if !lists.isEmpty {
        checkArguments(
          lists.reduce(into: Set<String>()) { $0.formUnion(described($1)) }, report)
      }
    }
  }

  private var indentText: [UInt8] { indentation.map { $0 == 0x09 ? 0x09 : 0x20 } }

  private func checkCommon(_ section: Section, next: Section?, _ report: SectionReport) {
    let range = section.nameRange
    let values = ["name": text(range), "wanted": section.name]
    if values["name"] != section.name {
      report("D405", range, values, Fix([Fix.Edit(range, section.name)]))
    }
    if section.indent > indentation.count {
      report(
        "D214", range, values,
        Fix([Fix.Edit(section.start..<(section.start + section.indent), indentText)]))
    }
    let blank = section.following.reversed().prefix { isBlank($0) }.count
    if blank < 2 {
      if let next {
        report("D410", range, values, Fix([Fix.Edit(next.start..<next.start, "\n")]))
      } else {
        report("D413", range, values, blank == 1 ? lastBlank(section) : nil)
      }
    }
    if !isBlank(lines[section.line - 1]) {
      report("D411", range, values, Fix([Fix.Edit(section.start..<section.start, "\n")]))
    }
  }

  /// A blank line before the closing quotes.
  private func lastBlank(_ section: Section) -> Fix? {
    section.following.last.map { Fix([Fix.Edit($0.lowerBound..<$0.lowerBound, "\n")]) }
  }

  // MARK: Underlines

  private func checkUnderline(
    _ section: Section, _ style: Section.Style, _ report: SectionReport
  ) {
    let name = section.nameRange
    let values = ["name": text(name)]
    let lines = section.following
    let blank = lines.prefix { isBlank($0) }.count
    let line = section.start..<section.suffix.upperBound
    let dashes = String(repeating: "-", count: name.count)
    func underlining() -> Fix {
      Fix([
        Fix.Edit(
          line.upperBound..<line.upperBound, Array("\n".utf8) + indentText + Array(dashes.utf8))
      ])
    }
    func removing(_ first: Int, _ count: Int) -> Fix? {
      guard first + count < lines.count else { return nil }
      return Fix([Fix.Edit(lines[first].lowerBound..<lines[first + count].lowerBound, "")])
    }
    guard blank < lines.count else {
      if style == .numpy { report("D407", name, values, underlining()) }
      report("D414", name, values, nil)
      return
    }
    let under = lines[blank]
    guard isUnderline(under) else {
      if style == .numpy {
        if isUnderline(under, UInt8(ascii: "=")) {
          let place = trimmed(under)
          report("D407", place, values, Fix([Fix.Edit(place, dashes)]))
        } else {
          report("D407", name, values, underlining())
        }
      }
      if blank > (isDirective(under) ? 1 : 0) {
        report("D412", name, values, isDirective(under) ? nil : removing(0, blank))
      }
      return
    }
    let place = trimmed(under)
    if blank > 0 { report("D408", place, values, removing(0, blank)) }
    if place.count != name.count {
      report("D409", place, values, Fix([Fix.Edit(place, dashes)]))
    }
    let space = leadingSpace(under)
    if space.count > indentation.count {
      report("D215", place, values, Fix([Fix.Edit(space, indentText)]))
    }
    let rest = lines[(blank + 1)...]
    let more = rest.prefix { isBlank($0) }.count
    if more == rest.count {
      report("D414", name, values, nil)
    } else if more > (isDirective(rest[rest.startIndex + more]) ? 1 : 0) {
      let isDirective = isDirective(rest[rest.startIndex + more])
      report("D412", name, values, isDirective ? nil : removing(blank + 1, more))
    }
  }

  /// `.. code-block::`, before which a blank line must be.
  private func isDirective(_ line: Range<Int>) -> Bool {
    bytes[leadingSpace(line).upperBound..<line.upperBound].starts(with: ".. ".utf8)
  }

  // MARK: Order

  private func checkOrder(
    _ sections: (style: Section.Style, list: [Section]), _ report: SectionReport
  ) {
    var highest: (place: Int, section: Section)?
    for section in sections.list {
      guard let place = Self.order(section.name, sections.style) else { continue }
      if let highest, place < highest.place {
        report(
          "D420", section.nameRange,
          ["name": text(section.nameRange), "other": text(highest.section.nameRange)], nil)
        continue
      }
      highest = (place, section)
    }
  }

  private static func order(_ name: String, _ style: Section.Style) -> Int? {
    switch style {
    case .google:
      if Section.arguments.contains(name) { return 0 }
      return ["Returns": 1, "Return": 1, "Yields": 2, "Yield": 2, "Raises": 3][name]
    case .numpy:
      if name == "Other Params" { return 8 }
      return [
        "Short Summary", "Extended Summary", "Parameters", "Attributes", "Methods", "Returns",
        "Yields", "Receives", "Other Parameters", "Raises", "Warns", "Warnings", "See Also",
        "Notes", "References", "Examples",
      ].firstIndex(of: name)
    }
  }
}
