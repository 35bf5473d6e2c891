/// How a finding can be mended: bytes of the file that are replaced.
package struct Fix: Sendable, Hashable {
  package struct Edit: Sendable, Hashable {
    /// In bytes of the file.
    package var range: Range<Int>
    package var text: [UInt8]

    package init(_ range: Range<Int>, _ text: some Sequence<UInt8>) {
      self.range = range
      self.text = Array(text)
    }

    package init(_ range: Range<Int>, _ text: String) { self.init(range, text.utf8) }
  }

  /// Whether what the code does stays the same for certain; `--unsafe` applies the others too.
  package var isSafe: Bool
  /// In order, not overlapping.
  package var edits: [Edit]

  package init(isSafe: Bool = true, _ edits: [Edit]) {
    self.isSafe = isSafe
    self.edits = edits
  }

  /// Applies fixes, the first ones first; one that touches what another changed waits for the next round.
  ///
  /// - Returns: the new bytes, and how many fixes were applied.
  package static func apply(_ fixes: [Fix], to bytes: [UInt8]) -> (bytes: [UInt8], count: Int) {
    let ordered = fixes.filter { !$0.edits.isEmpty }.sorted {
      ($0.edits[0].range.lowerBound, $0.edits[0].range.upperBound)
        < ($1.edits[0].range.lowerBound, $1.edits[0].range.upperBound)
    }
    var edits: [Edit] = []
    var seen: Set<[Edit]> = []
    var end = 0
    var count = 0
    for fix in ordered {
      if seen.contains(fix.edits) {
        count += 1
        continue
      }
      guard let first = fix.edits.first, let last = fix.edits.last,
        edits.isEmpty || first.range.lowerBound > end, last.range.upperBound <= bytes.count
      else { continue }
      seen.insert(fix.edits)
      edits += fix.edits
      end = last.range.upperBound
      count += 1
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = 0
    for edit in edits where edit.range.lowerBound >= place {
      result += bytes[place..<edit.range.lowerBound]
      result += edit.text
      place = edit.range.upperBound
    }
    result += bytes[place...]
    return (result, count)
  }
}
