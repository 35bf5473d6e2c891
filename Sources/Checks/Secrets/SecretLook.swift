/// What a value is made of.
struct SecretLook {
  private let text: ArraySlice<UInt8>
  private var lower = 0
  private var upper = 0
  private var digits = 0
  /// Letters in runs that could be spoken.
  private var spoken = 0
  private var signs = 0
  private var hexadecimal = 0
  let distinct: Int

  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    distinct = Set(text).count
    for byte in text {
      switch byte {
      case 0x61...0x7A: lower += 1
      case 0x41...0x5A: upper += 1
      case 0x30...0x39: digits += 1
      default: signs += 1
      }
      if SecretEntropy.Alphabet.hex.contains(byte) { hexadecimal += 1 }
    }
    spoken = Self.spokenLetters(text)
  }

  private var letters: Int { lower + upper }

  var isHexadecimal: Bool {
    hexadecimal == text.count && digits > 0 && (lower == 0 || upper == 0)
  }

  /// Eight, four, four, four and twelve hexadecimal digits: an identifier.
  var isUUID: Bool {
    let parts = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.map(\.count) == [8, 4, 4, 4, 12]
      && parts.joined().allSatisfy(SecretEntropy.Alphabet.hex.contains)
  }

  /// A call, an attribute or an index of code: `config["token"]`, `get_token(user)`.
  var isReference: Bool {
    let call = text.firstIndex(of: UInt8(ascii: "(")) ?? text.firstIndex(of: UInt8(ascii: "["))
    if let call, call > text.startIndex {
      let name = text[..<call]
      let rest = text[call...]
      let isName = name.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") }
      if isName, rest.contains(UInt8(ascii: ")")) || rest.contains(UInt8(ascii: "]")) {
        return true
      }
    }
    return false
  }

  /// A path, an address, a name with dots, or a list of such: what code calls things by.
  var isPathOrAddress: Bool {
    if text.starts(with: Array("/".utf8)) || text.starts(with: Array("./".utf8)) {
      return spoken * 2 >= letters
    }
    if text.starts(with: Array("http".utf8)), text.contains(UInt8(ascii: ":")) { return true }
    let cuts = Array("-_./:, ".utf8)
    let parts = text.split { cuts.contains($0) }
    // Every part is a word, a number or a word with a number behind it.
    return parts.count > 1 && parts.allSatisfy { Self.isPlain($0) }
  }

  /// Letters and digits that no person made up.
  var isRandom: Bool {
    guard text.count >= 12, letters > 0, distinct >= 8 else { return false }
    let bits = SecretEntropy.bits(text)
    guard bits >= (text.count < 20 ? 3.0 : 3.4) else { return false }
    let sense = Double(spoken) / Double(max(letters, 1))
    if digits == 0 {
      // Without digits, both cases must be mixed as no name mixes them.
      return text.count >= 20 && lower > 3 && upper > 3 && sense < 0.35 && bits >= 4
    }
    return sense < 0.6 && digits >= 2
  }

  /// A word or two made hard to guess.
  var isPassword: Bool {
    guard text.count >= 8, letters >= 3 else { return false }
    let isSpaced = text.contains(0x20)
    if isSpaced { return false }
    let cuts = Array("-_.".utf8)
    let hard = text.contains { byte in
      !isWord(byte) && !cuts.contains(byte) && byte != UInt8(ascii: ":") && byte != 0x2F
        && byte < 0x80
    }
    let kinds = (lower > 0 ? 1 : 0) + (upper > 0 ? 1 : 0) + (digits > 0 ? 1 : 0) + (hard ? 1 : 0)
    return kinds >= 3 && digits > 0 && (hard || digits >= 2 && upper > 0)
  }

  private func isWord(_ byte: UInt8) -> Bool { Self.isWord(byte) }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
    default: false
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  private static func isPlain(_ part: ArraySlice<UInt8>) -> Bool {
    let word = part.prefix(while: isLetter)
    let number = part.dropFirst(word.count).prefix { (0x30...0x39).contains($0) }
    let tail = part.dropFirst(word.count + number.count)
    guard tail.count <= 2, tail.allSatisfy(isLetter), number.count <= 8 else { return false }
    return word.count < 5 || spokenLetters(word) * 2 >= word.count
  }

  /// The letters in runs of four or more, of one case or with a capital in front, that have vowels as words have them.
  private static func spokenLetters(_ text: ArraySlice<UInt8>) -> Int {
    let vowels = Array("aeiouy".utf8)
    var total = 0
    var run: [UInt8] = []
    var isUpper = false
    func count() -> Int {
      guard run.count >= 4 else { return 0 }
      var consonants = 0
      var longest = 0
      for byte in run {
        consonants = vowels.contains(byte) ? 0 : consonants + 1
        longest = max(longest, consonants)
      }
      return longest <= 3 ? run.count : 0
    }
    for byte in text {
      let isCapital = (0x41...0x5A).contains(byte)
      guard isLetter(byte) else {
        total += count()
        run = []
        continue
      }
      if !run.isEmpty, isCapital != isUpper, !(run.count == 1 && isUpper) {
        total += count()
        run = []
      }
      isUpper = isCapital
      run.append(byte | 0x20)
    }
    return total + count()
  }
}
