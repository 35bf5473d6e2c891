import Formats
import Platform
import SystemPackage

/// The state that copier keeps of a project: `.copier-answers.yml`, which the template itself renders.
package struct CopierAnswersFile: Sendable, Hashable {
  package static let path = ".copier-answers.yml"

  /// The template; `_src_path`.
  package var template: String
  /// What `git describe --tags --always` said of the version; `_commit`.
  package var version: String?
  /// All else, in order.
  package var answers: JSONValue

  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    let value = try YAMLValue(parsing: bytes)
    guard let entries = value.entries else {
      throw ParseFailure("expected a mapping of answers", line: 1)
    }
    guard let source = value["_src_path"]?.string else {
      throw ParseFailure("`_src_path` is missing: the template cannot be found again")
    }
    template = source
    // A short name of digits only is a number to YAML.
    version =
      switch value["_commit"] {
      case .string(let text): text
      case .int(let number): String(number)
      case .float(let number): "\(number)"
      default: nil
      }
    answers = .object(
      entries.compactMap { entry in
        guard let key = entry.key.string, !key.hasPrefix("_") else { return nil }
        return .init(key, entry.value.json)
      })
  }

  /// Reads a project's file; nil when it has none.
  package static func read(in project: FilePath, at path: String = path) throws
    -> CopierAnswersFile?
  {
    let file = project.pushing(FilePath(path))
    guard FileSystem.isFile(file) else { return nil }
    let bytes = try FileSystem.read(file, limit: 1 << 26)
    do throws(ParseFailure) { return try CopierAnswersFile(parsing: bytes) } catch {
      throw error.failure(in: path)
    }
  }
}

extension YAMLValue {
  /// The value as JSON; what JSON lacks (dates, sets, keys that are no text) becomes text or a list.
  package var json: JSONValue {
    switch self {
    case .none: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .bigInt(let text): .string(text)
    case .float(let value): .double(value)
    case .string(let text): .string(text)
    case .bytes(let bytes): .string(String(decoding: bytes, as: UTF8.self))
    case .date(let date): .string(Self.text(date))
    case .dateTime(let time): .string(Self.text(time.date))
    case .list(let values), .tuple(let values), .set(let values): .array(values.map(\.json))
    case .map(let entries):
      .object(
        entries.map { entry in
          .init(entry.key.string ?? entry.key.json.text(), entry.value.json)
        })
    }
  }

  private static func text(_ date: YAMLDate) -> String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
  }
}
