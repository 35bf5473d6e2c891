import Platform

extension Judge {
  /// Pictures that cannot be decoded, that are not as they are wished, and copies.
  func images(_ test: DataTest, _ rule: ImageRule) -> TestOutcome {
    let images = known.images(
      test.column ?? "", in: imageFolder, hashes: hashesImages, test.filter
    ).images
    guard !images.isEmpty else { return empty(test) }
    var reasons: [String: Int] = [:]
    var failing: [RowSample] = []
    var copies: [RowSample] = []
    var seen: [[UInt8]: String] = [:]
    for image in images {
      guard let facts = image.facts else {
        reasons["cannot be decoded", default: 0] += 1
        failing.append(image.sample)
        continue
      }
      if let wrong = rule.misses(facts) {
        reasons[wrong.what, default: 0] += 1
        failing.append(image.sample.saying(wrong.text))
      }
      if let first = seen[facts.digest] {
        copies.append(image.sample.saying("as \(first)"))
      } else {
        seen[facts.digest] = image.sample.value
      }
    }
    let share = TestOutcome.RowShare(failing: failing.count, considered: images.count)
    let copied = TestOutcome.RowShare(failing: copies.count, considered: images.count)
    let hasCopies = rule.maxDuplicates.map { copied.share > $0 } == true
    var found =
      failing.isEmpty
      ? "all \(grouped(images.count)) pictures"
      : "\(grouped(failing.count)) of \(grouped(images.count)) pictures: "
        + reasons.sorted { $0.key < $1.key }.map { "\(grouped($0.value)) \($0.key)" }
        .joined(separator: ", ")
    if rule.maxDuplicates != nil, !copies.isEmpty {
      found += "; \(grouped(copies.count)) exact \(copies.count == 1 ? "copy" : "copies")"
    }
    for name in emptyClasses.prefix(3) { found += "; class `\(name)` has no picture" }
    return TestOutcome(
      test, passed: failing.isEmpty && !hasCopies && emptyClasses.isEmpty, found: found,
      value: share.share, rows: share,
      samples: Array((failing + (hasCopies ? copies : [])).prefix(RowSample.most)),
      nearest: failing.isEmpty && hasCopies && emptyClasses.isEmpty
        ? "duplicates <= \(percent(copied.share, up: true))" : nil)
  }
}

extension ImageRule {
  /// What a picture does not meet, for the count and for its line; nil when it meets all.
  fileprivate func misses(_ facts: ImageFacts) -> (what: String, text: String)? {
    for (bounds, value, what) in [
      (width, Double(facts.width), "by width"), (height, Double(facts.height), "by height"),
      (channels, Double(facts.channels), "by channels"),
    ] {
      if let bounds, !bounds.contains(value) {
        return (what, "\(facts.width) x \(facts.height), channels \(facts.channels)")
      }
    }
    guard let brightness else { return nil }
    guard let value = facts.brightness else {
      return ("in inks, whose brightness is not measured", "four inks")
    }
    return brightness.contains(value) ? nil : ("by brightness", "brightness \(shortNumber(value))")
  }
}

extension RowSample {
  fileprivate func saying(_ text: String) -> RowSample {
    var sample = self
    sample.value += ": \(text)"
    return sample
  }
}
