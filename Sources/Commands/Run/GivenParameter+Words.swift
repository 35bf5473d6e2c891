import Platform
import Runner

extension GivenParameter {
  /// The words after `-P`.
  static func parse(_ words: [String]) throws -> [GivenParameter] {
    var given: [GivenParameter] = []
    for word in words {
      guard let equals = word.firstIndex(of: "=") else {
        throw Failure(
          .usage, "`-P \(word)` has no value", hint: "write `-P \(word)=VALUE`")
      }
      let name = String(word[..<equals])
      if given.contains(where: { $0.name == name }) {
        throw Failure(
          .usage, "the parameter `\(name)` is given twice", hint: "give each parameter once")
      }
      given.append(GivenParameter(name, String(word[word.index(after: equals)...])))
    }
    return given
  }
}
