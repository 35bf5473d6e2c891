import Patterns

/// Looks for secrets of many kinds in one pass over a text.
///
/// All rules' keywords are looked for at once; only near one of them is a rule's pattern tried. The scanner is immutable
/// and may be shared; each thread scans with a ``SecretSession`` of its own.
package struct SecretScanner: Sendable {
  package let rules: [SecretRule]
  let scan: KeywordScan
  /// The rules of each keyword.
  let rulesByKeyword: [[Int]]

  package init(_ rules: [SecretRule]) {
    self.rules = rules
    var numbers: [Keyword: Int] = [:]
    var keywords: [Keyword] = []
    var owners: [[Int]] = []
    for (index, rule) in rules.enumerated() {
      for keyword in Set(rule.keywords) {
        if let number = numbers[keyword] {
          owners[number].append(index)
        } else {
          numbers[keyword] = keywords.count
          keywords.append(keyword)
          owners.append([index])
        }
      }
    }
    scan = KeywordScan(keywords)
    rulesByKeyword = owners
  }

  /// The secrets of one text, in its order. For many texts, a ``SecretSession`` is faster.
  package func scan(_ bytes: [UInt8], path: String) -> [SecretMatch] {
    SecretSession(self).scan(bytes, path: path)
  }
}
