import Patterns

extension FuzzTarget {
  /// A pattern in the first line and a text behind it: what parses matches at the same places with much memory and with
  /// hardly any, and where a match begins the pattern matches anchored too.
  static let pattern = FuzzTarget(
    name: "pattern",
    seeds: [
      "(?P<key>\\w+)\\s*=\\s*(\\d+)\nkey = 12", "(a|ab)(c|bcd)(d*)\nabcd",
      "(?i)[^\\s-]{2,5}?\\b\nAb é-한글",
      "(?msx) ^ a .* $ # c\nb\na\n", "(?u)\\w+@[[:alpha:]]\\z\né@a", "(?:a*)*|\\x{d55c}+\n한",
    ],
    words: [
      "(?:", "(?P<n>", "(?i)", "(?u)", "(?m)", "|", ")", "[^", "[:alpha:]", "]", "{2,3}", "{,2}",
      "*?",
      "+?", "\\b", "\\B", "\\w", "\\D", "\\s", "\\A", "\\z", "$", "^", ".", "\\x41", "\\u00e9", "é",
      "한",
    ]
  ) { bytes in
    let parts = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
    let text = parts.count > 1 ? Array(parts[1].prefix(2000)) : []
    let pattern = try Pattern(Array(parts[0].prefix(200)).text)
    let matcher = PatternMatcher(pattern)
    let matches = matcher.matches(in: text)
    let small = PatternMatcher(pattern, memory: 0).matches(in: text)
    require(small == matches, "a small memory changes the matches")
    require(matcher.isMatch(in: text) == !matches.isEmpty, "no match, but a place of one")
    text.withUnsafeBufferPointer { text in
      for match in matches {
        let anchored = matcher.match(at: match.range.lowerBound, in: text)
        require(anchored == match, "the match is another one when the search begins at it")
        for case let group? in match.groups {
          require(group.lowerBound <= group.upperBound, "a group ends before it begins")
        }
      }
    }
    if text.count <= 40, let plain = NaiveMatcher(pattern.text)?.first(in: text) {
      require(plain == matches.first?.range, "a machine that goes back finds another match")
    }
  }

  /// Keywords, one a line up to an empty one, and a text behind: found where a plain search finds them.
  static let keywords = FuzzTarget(
    name: "keywords",
    seeds: [
      "key\nAKIA\n\nmy AKIA Key", "ab\nabab\nb\n\nababab",
      "token\nsecret\npassword\n\nx = tokentoken",
    ],
    words: ["key", "AKIA", "\n\n", "token", "aa", "\u{0}"]
  ) { bytes in
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let end = lines.firstIndex(where: \.isEmpty) ?? lines.endIndex
    let keywords = lines[..<end].prefix(20).map { line in
      var keyword = Keyword("", ignoresCase: line.count % 2 == 0)
      keyword.bytes = Array(line.prefix(20))
      return keyword
    }
    let text = Array(lines[min(end + 1, lines.endIndex)...].joined(separator: [0x0A]).prefix(2000))
    var expected = 0
    for keyword in keywords where keyword.bytes.count <= text.count {
      for start in 0...(text.count - keyword.bytes.count) {
        let part = text[start..<start + keyword.bytes.count]
        let isHit = zip(part, keyword.bytes).allSatisfy { one, two in
          one == two
            || keyword.ignoresCase && one ^ two == 0x20 && (0x61...0x7A).contains(one | 0x20)
        }
        if isHit { expected += 1 }
      }
    }
    require(KeywordScan(keywords).hits(in: text).count == expected, "not all keywords are found")
  }
}
