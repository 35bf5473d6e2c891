extension Text {
  /// Whether there are characters and all are of a kind: `isalpha`, `isspace`, ….
  package func all(_ kind: (UInt32) -> Bool) -> Bool { !isEmpty && codePoints.allSatisfy(kind) }

  /// `str.islower()`.
  package var isLower: Bool {
    var isCased = false
    for point in codePoints {
      if CodePoint.isUpper(point) || CodePoint.isTitle(point) { return false }
      if !isCased, CodePoint.isLower(point) { isCased = true }
    }
    return isCased
  }

  /// `str.isupper()`.
  package var isUpper: Bool {
    var isCased = false
    for point in codePoints {
      if CodePoint.isLower(point) || CodePoint.isTitle(point) { return false }
      if !isCased, CodePoint.isUpper(point) { isCased = true }
    }
    return isCased
  }

  /// `str.istitle()`.
  package var isTitle: Bool {
    var isCased = false
    var isInWord = false
    for point in codePoints {
      if CodePoint.isUpper(point) || CodePoint.isTitle(point) {
        if isInWord { return false }
        isInWord = true
        isCased = true
      } else if CodePoint.isLower(point) {
        if !isInWord { return false }
        isCased = true
      } else {
        isInWord = false
      }
    }
    return isCased
  }

  /// `str.isidentifier()`.
  package var isIdentifier: Bool {
    let points = codePoints
    guard let first = points.first, CodePoint.isIdentifierStart(first) else { return false }
    return points.dropFirst().allSatisfy(CodePoint.isIdentifierContinuation)
  }

  /// `str.isprintable()`, which an empty text is.
  package var isPrintable: Bool { codePoints.allSatisfy(CodePoint.isPrintable) }
}
