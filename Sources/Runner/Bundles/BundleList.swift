import Formats
import Platform

/// Reads the lists in an archive's files of JSON.
enum BundleList {
  /// What stands in the list below a key, each item read.
  ///
  /// - Parameter member: the archive's file, for the failure.
  /// - Throws: ``ParseFailure`` when there is no such list, or an item that is none.
  static func read<Value>(
    _ json: JSONValue, _ key: String, of member: String, _ read: (JSONValue) -> Value?
  ) throws(ParseFailure) -> [Value] {
    guard let values = json[key]?.array else { throw damaged(key, in: member) }
    var result: [Value] = []
    for value in values {
      guard let one = read(value) else { throw damaged(key, in: member) }
      result.append(one)
    }
    return result
  }

  static func damaged(_ key: String, in member: String) -> ParseFailure {
    ParseFailure("`\(key)` in its `\(member)` is damaged")
  }
}
