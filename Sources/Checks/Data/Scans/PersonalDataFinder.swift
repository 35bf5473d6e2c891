import Patterns

/// Finds data of a person in a text.
struct PersonalDataFinder {
  private let email = PatternMatcher(
    Pattern(trusted: #"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"#))
  private let phone = PatternMatcher(
    Pattern(
      trusted:
        #"(?:^|[^0-9A-Za-z.])(?:\+[0-9]{1,3}[ .-]?(?:\(?[0-9]{1,4}\)?[ .-]?){2,4}[0-9]{3,4}|01[016789][ .-]?[0-9]{3,4}[ .-]?[0-9]{4}|\(?[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4})(?:$|[^0-9A-Za-z])"#
    ))
  private let resident = PatternMatcher(
    Pattern(trusted: #"(?:^|[^0-9])[0-9]{6}-?[1-8][0-9]{6}(?:$|[^0-9])"#))
  private let card = PatternMatcher(
    Pattern(trusted: #"(?:^|[^0-9.])(?:[0-9][ -]?){12,18}[0-9](?:$|[^0-9])"#))

  /// Nil when it looks like none.
  func kind(of text: UnsafeBufferPointer<UInt8>) -> PersonalDataKind? {
    if text.contains(UInt8(ascii: "@")), email.isMatch(in: text) { return .email }
    guard text.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
    if let range = resident.firstRange(in: text), isResident(digits(text, range)) {
      return .residentNumber
    }
    if let range = card.firstRange(in: text), passesLuhn(digits(text, range)) { return .card }
    return phone.isMatch(in: text) ? .phone : nil
  }

  private func digits(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [Int] {
    text[range].filter { (0x30...0x39).contains($0) }.map { Int($0) - 0x30 }
  }

  /// The date is one, and the last digit is that of the others' weighted sum.
  private func isResident(_ digits: [Int]) -> Bool {
    guard digits.count == 13, (1...12).contains(digits[2] * 10 + digits[3]),
      (1...31).contains(digits[4] * 10 + digits[5])
    else { return false }
    let weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]
    let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
    return (11 - sum % 11) % 10 == digits[12]
  }

  /// ISO/IEC 7812-1, annex B.
  private func passesLuhn(_ digits: [Int]) -> Bool {
    guard (13...19).contains(digits.count), Set(digits).count > 1 else { return false }
    var sum = 0
    for (place, digit) in digits.reversed().enumerated() {
      let value = place % 2 == 1 ? digit * 2 : digit
      sum += value > 9 ? value - 9 : value
    }
    return sum % 10 == 0
  }
}
