/// Finds places in what is sorted.
enum SortedPlace {
  /// The first place whose element is in the second part; the count when there is none.
  ///
  /// - Parameter isSecond: false for all elements up to some place, and true from there on.
  static func first<Element>(in sorted: [Element], where isSecond: (Element) -> Bool) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if isSecond(sorted[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
