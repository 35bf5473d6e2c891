import Formats
import Glibc
import Platform
import SystemPackage

/// What a run ran on: system, processor, interpreter with its packages, and the variables that change results.
struct EnvironmentRecord {
  /// Variables that are recorded by name; all others stay private.
  static let variables: Set<String> = [
    "CUDA_VISIBLE_DEVICES", "CONDA_DEFAULT_ENV", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE",
    "LD_LIBRARY_PATH", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS", "PYTHONHASHSEED", "PYTHONPATH", "PYTHONUNBUFFERED",
    "REPRISE_SEED", "SOURCE_DATE_EPOCH", "TZ", "VIRTUAL_ENV", "VECLIB_MAXIMUM_THREADS",
  ]

  var manager: String
  var python: PythonInterpreter?
  var environment: [String: String]
  /// The names that the entry point sets itself.
  var ownVariables: Set<String>
  /// How the run was asked for; nil when the program that records itself was not asked by us.
  var recipe: RunRecipe?

  /// The record as it is stored.
  var json: JSONValue {
    let kept = environment.filter {
      EnvironmentRecord.variables.contains($0.key) || ownVariables.contains($0.key)
    }
    var members: [JSONValue.Member] = [
      .init("manager", .string(manager)),
      .init("system", EnvironmentRecord.system),
      .init("cpu", EnvironmentRecord.processor),
      .init(
        "variables",
        .object(kept.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })),
    ]
    if let python { members.append(.init("python", python.json)) }
    if let recipe { members.append(.init("recipe", recipe.json)) }
    return .object(members)
  }

  private static var system: JSONValue {
    var name = utsname()
    uname(&name)
    return .object([
      .init("name", .string(distribution ?? text(&name.sysname))),
      .init("kernel", .string(text(&name.release))),
      .init("machine", .string(text(&name.machine))),
    ])
  }

  private static func text<Field>(_ field: inout Field) -> String {
    withUnsafeBytes(of: &field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private static var distribution: String? {
    guard let bytes = try? FileSystem.read("/etc/os-release", limit: 1 << 16) else { return nil }
    return value(of: "PRETTY_NAME=", in: String(decoding: bytes, as: UTF8.self))?
      .trimmingQuotes
  }

  private static var processor: JSONValue {
    // The first processor's entry is enough, and the whole file is slow to make on a large machine.
    var bytes = [UInt8](repeating: 0, count: 4096)
    if let file = try? FileSystem.openForReading("/proc/cpuinfo") {
      let count = bytes.withUnsafeMutableBytes { read(file.rawValue, $0.baseAddress, $0.count) }
      bytes.removeLast(bytes.count - max(0, count))
      try? file.close()
    }
    let model = value(of: "model name\t: ", in: String(decoding: bytes, as: UTF8.self))
    return .object([
      .init("model", .string(model ?? "unknown")),
      .init("cores", .int(Int64(sysconf(Int32(_SC_NPROCESSORS_ONLN))))),
    ])
  }

  private static func value(of key: String, in text: String) -> String? {
    text.split(separator: "\n").first { $0.hasPrefix(key) }.map { String($0.dropFirst(key.count)) }
  }
}

extension String {
  fileprivate var trimmingQuotes: String {
    hasPrefix("\"") && hasSuffix("\"") && count > 1 ? String(dropFirst().dropLast()) : self
  }
}
