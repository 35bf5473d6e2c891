import Glibc
import Platform
import SystemPackage

/// The kernels that are installed where Jupyter looks for them, the project's environment first.
package struct KernelSpecs: Sendable {
  private let variables: [String: String]
  private let project: FilePath?

  /// - Parameters:
  ///   - variables: the environment, which names further places.
  ///   - project: the folder whose `.venv` is looked into.
  package init(variables: [String: String], project: FilePath?) {
    self.variables = variables
    self.project = project
  }

  /// The kernel of a name, the first one where there are several. Case does not matter.
  ///
  /// - Throws: ``Failure`` with `.notFound` that lists those that there are, or one about its `kernel.json`.
  package func find(_ name: String) throws -> KernelSpec {
    let wanted = name.lowercased()
    for place in places {
      for folder in Self.folders(in: place.folder)
      where folder.lastComponent?.string.lowercased() == wanted {
        return try KernelSpec(folder: folder, prefix: place.prefix)
      }
    }
    if wanted == "python3", let spec = synthesized() { return spec }
    let names = all().map(\.name)
    throw Failure(
      .notFound, "there is no kernel `\(name)`", hint: Self.hint(for: wanted, among: names))
  }

  /// All kernels by name, in the order of their names. Those that cannot be read are left out.
  package func all() -> [KernelSpec] {
    var found: [String: KernelSpec] = [:]
    for place in places {
      for folder in Self.folders(in: place.folder) {
        guard let key = folder.lastComponent?.string.lowercased(), found[key] == nil else {
          continue
        }
        found[key] = try? KernelSpec(folder: folder, prefix: place.prefix)
      }
    }
    if found["python3"] == nil { found["python3"] = synthesized() }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }

  private struct Place {
    /// Holds a folder for each kernel.
    var folder: FilePath
    var prefix: FilePath?
  }

  /// Where kernels may be, in the order in which they count.
  private var places: [Place] {
    var places: [Place] = []
    for path in (variables["JUPYTER_PATH"] ?? "").split(separator: ":") {
      places.append(Place(folder: FilePath(String(path)).appending("kernels")))
    }
    func add(_ prefix: FilePath) {
      places.append(Place(folder: prefix.appending("share/jupyter/kernels"), prefix: prefix))
    }
    environments.forEach(add)
    let home = UserFolders.home(variables)
    let data =
      variables["JUPYTER_DATA_DIR"].map { FilePath($0) }
      ?? (variables["XDG_DATA_HOME"].map { FilePath($0) } ?? home.appending(".local/share"))
      .appending("jupyter")
    places.append(Place(folder: data.appending("kernels")))
    for name in ["python3", "jupyter"] {
      guard let program = ProgramPath.find(name, in: variables["PATH"]) else { continue }
      add(program.removingLastComponent().removingLastComponent())
    }
    add("/usr/local")
    add("/usr")
    let ipython = variables["IPYTHONDIR"].map { FilePath($0) } ?? home.appending(".ipython")
    places.append(Place(folder: ipython.appending("kernels")))
    return places
  }

  /// The environments that a project or the shell has chosen.
  private var environments: [FilePath] {
    var found: [FilePath] = []
    if let project { found.append(project.appending(".venv")) }
    for name in ["VIRTUAL_ENV", "CONDA_PREFIX"] {
      if let path = variables[name], !path.isEmpty { found.append(FilePath(path)) }
    }
    return found
  }

  private static func folders(in folder: FilePath) -> [FilePath] {
    guard FileSystem.isDirectory(folder) else { return [] }
    let names = (try? FileSystem.names(in: folder)) ?? []
    return names.sorted().map { folder.appending($0) }
      .filter { FileSystem.isFile($0.appending("kernel.json")) }
  }

  /// IPython's kernel of the first interpreter that could import it.
  private func synthesized() -> KernelSpec? {
    var interpreters = environments.map { $0.appending("bin/python") }
    if let python = ProgramPath.find("python3", in: variables["PATH"]) {
      interpreters.append(python)
    }
    for python in interpreters where FileSystem.isFile(python) {
      let question = "import importlib.util as u; raise SystemExit(not u.find_spec('ipykernel'))"
      let command = ChildCommand(python, ["-c", question], environment: variables)
      guard let answer = try? ChildProcess.captureBlocking(command, timeout: .seconds(20)),
        answer.end.exitCode == 0
      else { continue }
      return KernelSpec(
        python: python, prefix: python.removingLastComponent().removingLastComponent())
    }
    return nil
  }

  private static let installations = [
    "bash": "pip install bash_kernel && python -m bash_kernel.install",
    "ir": "in R: install.packages('IRkernel'); IRkernel::installspec()",
    "octave": "pip install octave_kernel",
    "python3": "pip install ipykernel",
    "python": "pip install ipykernel",
  ]

  private static func hint(for name: String, among names: [String]) -> String {
    let list = names.isEmpty ? "none is installed" : "installed: \(names.joined(separator: ", "))"
    if let command = installations[name] { return "\(list); to install it: \(command)" }
    if name.hasPrefix("julia") {
      return "\(list); to install it, in Julia: using Pkg; Pkg.add(\"IJulia\")"
    }
    guard let nearest = nearestName(to: name, among: names) else { return list }
    return "did you mean `\(nearest)`? \(list)"
  }
}
