import Formats
import Platform
import SystemPackage

/// How a kernel is started: what a `kernel.json` says, and where it was found.
package struct KernelSpec: Sendable {
  /// How a kernel is told to stop what it does.
  package enum Interruption: String, Sendable { case signal, message }

  /// As it is typed: the name of its folder.
  package var name: String
  package var displayName: String
  package var language: String
  /// The words of its command, with `{connection_file}` in them.
  package var arguments: [String]
  package var environment: [String: String] = [:]
  package var interruption = Interruption.signal
  /// Whether it wants to be reached over TCP.
  package var wantsTCP = false
  /// The folder of the `kernel.json`; nil for one that we made up.
  package var folder: FilePath?
  /// The environment that the folder lies in, such as `.venv` or `/usr`; nil when it lies in none.
  package var prefix: FilePath?

  /// Reads a `kernel.json`.
  ///
  /// - Throws: ``Failure`` with the file and the place: no JSON, or no `argv`.
  package init(folder: FilePath, prefix: FilePath?) throws {
    let file = folder.appending("kernel.json")
    let bytes = try FileSystem.read(file, limit: 1 << 20)
    do {
      let value = try JSONValue(parsing: bytes, allowsNonFinite: true)
      guard let words = value["argv"]?.array?.map(\.string), !words.isEmpty, !words.contains(nil)
      else { throw ParseFailure("`argv` is missing: the list of words that starts the kernel") }
      arguments = words.compactMap { $0 }
      name = folder.lastComponent?.string ?? ""
      displayName = value["display_name"]?.string ?? name
      language = value["language"]?.string ?? ""
      for member in value["env"]?.members ?? [] {
        environment[member.key] = member.value.string
      }
      interruption = value["interrupt_mode"]?.string.flatMap(Interruption.init) ?? .signal
      wantsTCP = value["metadata"]?["transport"]?.string == "tcp"
    } catch let failure as ParseFailure {
      throw failure.failure(in: file.string)
    }
    self.folder = folder
    self.prefix = prefix
  }

  /// IPython's kernel of an environment that has no `kernel.json` of it.
  package init(python: FilePath, prefix: FilePath) {
    name = "python3"
    displayName = "Python 3 (ipykernel)"
    language = "python"
    arguments = [python.string, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    self.prefix = prefix
  }
}

extension KernelSpec {
  /// The words of the command for a connection file, with the program's path first.
  ///
  /// - Parameter variables: of the kernel; `PATH` is where a program without a folder is looked for.
  /// - Throws: ``Failure`` with `.notFound` when there is no such program.
  func command(connection: FilePath, variables: [String: String]) throws -> [String] {
    var words = arguments.map { word in
      var word = word
      for (name, value) in [
        ("{connection_file}", connection.string), ("{resource_dir}", folder?.string ?? ""),
        ("{prefix}", prefix?.string ?? ""),
      ] {
        while let range = word.firstRange(of: name) { word.replaceSubrange(range, with: value) }
      }
      return word
    }
    var program = words[0]
    if program.hasPrefix("~/") {
      program = UserFolders.home(variables).appending(String(program.dropFirst(2))).string
    }
    guard let path = interpreter(program) ?? ProgramPath.find(program, in: variables["PATH"]) else {
      throw Failure(
        .notFound, "the kernel `\(name)` is started by `\(words[0])`, which is not there",
        hint: folder.map { "see \($0.appending("kernel.json"))" })
    }
    words[0] = path.string
    return words
  }

  /// A bare `python` is that of the environment that the spec was found in, not the first on `PATH`.
  private func interpreter(_ program: String) -> FilePath? {
    guard let prefix, program.hasPrefix("python"),
      program.dropFirst(6).allSatisfy({ $0.isNumber || $0 == "." })
    else { return nil }
    for name in [program, "python3", "python"] {
      let path = prefix.appending("bin").appending(name)
      if FileSystem.isFile(path) { return path }
    }
    return nil
  }

  /// The variables of the kernel: those given, and the spec's own, in which `${NAME}` stands for one of those given.
  func variables(_ given: [String: String]) -> [String: String] {
    given.merging(environment.mapValues { Self.substituted($0, given) }) { $1 }
  }

  private static func substituted(_ text: String, _ variables: [String: String]) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "${"),
      let end = rest[start.upperBound...].firstIndex(of: "}")
    {
      let name = String(rest[start.upperBound..<end])
      result += rest[..<start.lowerBound]
      // As jupyter does: what is not set stays as it is written.
      result += variables[name] ?? "${\(name)}"
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}
