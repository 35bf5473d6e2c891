/// Whole numbers with a comma behind every third digit from the end.
package enum DigitGroups {
  package static func text(_ count: Int) -> String {
    var digits = String(count.magnitude)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    return count < 0 ? "-" + digits : digits
  }
}
