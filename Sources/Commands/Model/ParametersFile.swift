import Formats
import Platform
import Projects
import Runner
import SystemPackage

/// The parameters of a training as a JSON object, as programs of the libraries hold them.
struct ParametersFile {
  let parameters: [GivenParameter]
  /// What trainers take beside parameters, such as `cv`.
  let settings: [Setting]

  /// Reads the file.
  ///
  /// - Parameter names: those of the trainer's settings.
  /// - Throws: ``Failure`` with the place for what is no JSON, no object, or has values that are no parameters'.
  init(reading path: FilePath, settings names: [String]) throws {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: FileSystem.read(path, limit: 16 << 20))
    } catch let failure as ParseFailure {
      throw failure.failure(in: path.string)
    }
    guard let members = json.members else {
      throw Failure(
        .invalid, "`\(path)` holds no object of parameters",
        hint: "write {\"max_depth\": 6, \"eta\": 0.3}", at: SourceLocation(file: path.string))
    }
    let place = SourceLocation(file: path.string)
    settings = members.filter { names.contains($0.key) }.map {
      Setting($0.key, $0.value, places: [$0.key: place])
    }
    var known: Set<String> = []
    parameters = try members.filter { !names.contains($0.key) }.compactMap { member in
      guard known.insert(member.key).inserted else {
        throw Failure(
          .invalid, "`\(member.key)` stands twice in `\(path)`", hint: "keep one of them",
          at: SourceLocation(file: path.string))
      }
      // None is the libraries' word for their default.
      if case .null = member.value { return nil }
      return GivenParameter(member.key, try Self.text(member.value, member.key, path))
    }
  }

  /// A value as the command line would have it: lists between commas, objects as `name:value` between commas.
  private static func text(_ value: JSONValue, _ key: String, _ path: FilePath) throws -> String {
    if let items = value.array {
      return try items.map { try word($0, key, path) }.joined(separator: ",")
    }
    if let members = value.members {
      return try members.map { "\($0.key):\(try word($0.value, key, path))" }
        .joined(separator: ",")
    }
    return try word(value, key, path)
  }

  private static func word(_ value: JSONValue, _ key: String, _ path: FilePath) throws -> String {
    switch value {
    case .string(let text): return text
    case .bool(let truth): return truth ? "true" : "false"
    case .int(let number): return "\(number)"
    case .double(let number): return "\(number)"
    default:
      throw Failure(
        .invalid, "`\(key)` in `\(path)` is no value of a parameter",
        hint: "write a text, a number, true, false, or a list of them",
        at: SourceLocation(file: path.string))
    }
  }
}
