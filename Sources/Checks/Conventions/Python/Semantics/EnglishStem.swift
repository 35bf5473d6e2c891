/// The stem of an English word: `return` of `returns` (the "English (Porter2) stemming algorithm" of Snowball).
struct EnglishStem {
  private var word: [UInt8]
  /// Where the regions begin that suffixes are taken from.
  private var first = 0
  private var second = 0

  static func of(_ word: [UInt8]) -> [UInt8] {
    guard word.count > 2 else { return word }
    if let known = special[String(decoding: word, as: UTF8.self)] { return Array(known.utf8) }
    var stem = EnglishStem(word: word)
    stem.run()
    return stem.word.map { $0 == Y ? UInt8(ascii: "y") : $0 }
  }

  private static let special: [String: String] = [
    "skis": "ski", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie", "idly": "idl",
    "gently": "gentl", "ugly": "ugli", "early": "earli", "only": "onli", "singly": "singl",
    "sky": "sky", "news": "news", "howe": "howe", "atlas": "atlas", "cosmos": "cosmos",
    "bias": "bias", "andes": "andes",
  ]

  private static let whole: Set<String> = [
    "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed",
  ]

  /// A `y` that is a consonant.
  private static let Y = UInt8(ascii: "Y")

  private init(word: [UInt8]) { self.word = word }

  // MARK: Letters

  private func isVowel(_ index: Int) -> Bool { "aeiouy".utf8.contains(word[index]) }

  private func ends(_ suffix: String) -> Bool {
    word.count >= suffix.utf8.count && word.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }

  private mutating func replace(_ suffix: String, _ text: String) {
    word.removeLast(suffix.utf8.count)
    word += Array(text.utf8)
  }

  private func start(_ suffix: String) -> Int { word.count - suffix.utf8.count }

  private func hasVowel(before end: Int) -> Bool { (0..<max(0, end)).contains(where: isVowel) }

  /// A vowel between consonants, the last of which is none of `wxY`, or at the word's beginning.
  private func isShort(before end: Int) -> Bool {
    if end == 2 { return isVowel(0) && !isVowel(1) }
    guard end >= 3 else { return false }
    return !isVowel(end - 3) && isVowel(end - 2) && !isVowel(end - 1)
      && !"wxY".utf8.contains(word[end - 1])
  }

  private func region(from start: Int) -> Int {
    var index = start
    while index < word.count, !isVowel(index) { index += 1 }
    while index < word.count, isVowel(index) { index += 1 }
    return min(word.count, index + 1)
  }

  // MARK: Steps

  private mutating func run() {
    let y = UInt8(ascii: "y")
    for index in word.indices where word[index] == y {
      if index == 0 || isVowel(index - 1) { word[index] = Self.Y }
    }
    first = region(from: 0)
    for prefix in ["gener", "commun", "arsen"] where word.starts(with: prefix.utf8) {
      first = prefix.utf8.count
    }
    second = region(from: first)
    plural()
    if Self.whole.contains(String(decoding: word, as: UTF8.self)) { return }
    past()
    if word.count > 2, word[word.count - 1] | 0x20 == y, !isVowel(word.count - 2) {
      word[word.count - 1] = UInt8(ascii: "i")
    }
    long()
    middle()
    last()
    end()
  }

  private mutating func plural() {
    if ends("sses") { return replace("sses", "ss") }
    for suffix in ["ied", "ies"] where ends(suffix) {
      return replace(suffix, word.count > 4 ? "i" : "ie")
    }
    if ends("us") || ends("ss") { return }
    if ends("s"), hasVowel(before: word.count - 2) { word.removeLast() }
  }

  private mutating func past() {
    for suffix in ["eedly", "eed"] where ends(suffix) {
      if start(suffix) >= first { replace(suffix, "ee") }
      return
    }
    for suffix in ["ingly", "edly", "ing", "ed"] where ends(suffix) {
      guard hasVowel(before: start(suffix)) else { return }
      replace(suffix, "")
      if ends("at") || ends("bl") || ends("iz") {
        word.append(UInt8(ascii: "e"))
      } else if ["bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"].contains(where: ends) {
        word.removeLast()
      } else if first >= word.count, isShort(before: word.count) {
        word.append(UInt8(ascii: "e"))
      }
      return
    }
  }

  private mutating func long() {
    let pairs = [
      ("ational", "ate"), ("ization", "ize"), ("fulness", "ful"), ("ousness", "ous"),
      ("iveness", "ive"), ("tional", "tion"), ("biliti", "ble"), ("lessli", "less"),
      ("entli", "ent"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("ousli", "ous"),
      ("iviti", "ive"), ("fulli", "ful"), ("enci", "ence"), ("anci", "ance"), ("abli", "able"),
      ("izer", "ize"), ("ator", "ate"), ("alli", "al"), ("bli", "ble"),
    ]
    for (suffix, text) in pairs where ends(suffix) {
      if start(suffix) >= first { replace(suffix, text) }
      return
    }
    if ends("ogi") {
      if start("ogi") >= first, ends("logi") { word.removeLast() }
    } else if ends("li"), start("li") >= first, word.count > 2,
      "cdeghkmnrt".utf8.contains(word[word.count - 3])
    {
      replace("li", "")
    }
  }

  private mutating func middle() {
    let pairs = [
      ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"),
      ("ical", "ic"), ("ness", ""), ("ful", ""),
    ]
    for (suffix, text) in pairs where ends(suffix) {
      if start(suffix) >= first { replace(suffix, text) }
      return
    }
    if ends("ative"), start("ative") >= second { replace("ative", "") }
  }

  private mutating func last() {
    let suffixes = [
      "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous",
      "ive", "ize", "al", "er", "ic",
    ]
    for suffix in suffixes where ends(suffix) {
      if start(suffix) >= second { replace(suffix, "") }
      return
    }
    if ends("ion"), start("ion") >= second, ends("sion") || ends("tion") { replace("ion", "") }
  }

  private mutating func end() {
    if ends("e") {
      let place = word.count - 1
      if place >= second || place >= first && !isShort(before: place) { word.removeLast() }
    } else if ends("ll"), word.count - 1 >= second {
      word.removeLast()
    }
  }
}
