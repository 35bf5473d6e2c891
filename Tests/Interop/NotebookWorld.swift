import Formats
import Notebooks
import Platform
import Support
import SystemPackage
import Testing

/// Kernels of the peers' Python, and the runs of notebooks in them, in a folder of their own.
final class NotebookWorld: Sendable {
  let folder: TemporaryFolder
  /// Given to every kernel, so that what is left of it can be told.
  private let mark = "\(UInt64.random(in: .min ... .max))"
  private static let markVariable = "REPRISE_TEST_WORLD"

  init() throws {
    folder = try TemporaryFolder()
    for name in ["kernels", "servers", "run"] {
      try FileSystem.createDirectory(folder.path.appending(name))
    }
    let python = try Peer.python.string
    try folder.write(NotebookFaultyKernel.script, to: "faulty.py")
    for mode in NotebookFaultyKernel.modes {
      let script = folder.path.appending("faulty.py").string
      try install(mode, [python, script, mode, "{connection_file}"])
    }
    try install(
      "tcp", [python, folder.path.appending("faulty.py").string, "ok", "{connection_file}"],
      metadata: ["transport": "tcp"])
    try install("python3", [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"])
    try install("bash", [python, "-m", "bash_kernel", "-f", "{connection_file}"])
  }

  private func install(_ name: String, _ words: [String], metadata: JSONValue = [:]) throws {
    let spec: JSONValue = [
      "argv": .array(words.map { .string($0) }), "display_name": .string(name), "language": "x",
      "metadata": metadata, "env": ["PS1": "$"],
    ]
    try folder.write(spec.text(), to: "jupyter/kernels/\(name)/kernel.json")
  }

  /// What a program needs to find the kernels of this folder, and what they are told by.
  var variables: [String: String] {
    [
      "JUPYTER_PATH": folder.path.appending("jupyter").string,
      "IPYTHONDIR": folder.path.appending("ipython").string, Self.markVariable: mark,
    ]
  }

  /// How a kernel of this folder is run; not warm, unless that is asked for.
  func execution(_ kernel: String) throws -> NotebookExecution {
    var variables = ProcessVariables.all().merging(variables) { $1 }
    variables["CI"] = nil
    let spec = try KernelSpecs(variables: variables, project: nil).find(kernel)
    var options = KernelOptions(variables: variables, directory: folder.path.appending("run"))
    options.temporaryFolder = folder.path.appending("kernels")
    options.allowsWarm = false
    return NotebookExecution(spec: spec, kernel: options)
  }

  /// Runs cells in a kernel.
  func run(
    _ kernel: String, _ sources: [String],
    _ change: (inout NotebookExecution) throws -> Void = { _ in }
  ) async throws -> NotebookResult {
    var execution = try execution(kernel)
    try change(&execution)
    return try await execution.run(Self.notebook(sources), listener: NotebookWarnings())
  }

  static func notebook(_ sources: [String]) -> NotebookDocument {
    NotebookDocument(
      cells: sources.enumerated().map { .init(.code, id: "c\($0.offset)", source: $0.element) })
  }

  /// The processes and files of kernels that are still there; a fork-server, which may be, not counted.
  func leftovers() throws -> [String] {
    let processes = ProcessTable.carrying(Self.markVariable, mark).map { "process \($0)" }
    return try processes + FileSystem.names(in: folder.path.appending("kernels"))
  }
}

/// Takes no notice of a run.
struct NotebookWarnings: NotebookListener {}

extension NotebookResult {
  /// The texts of a cell's streams and the names of its errors.
  func texts(_ cell: Int) -> [String] {
    let cells = document.cells.filter { $0.kind == .code }
    return cells[cell].outputs.map { $0["text"]?.string ?? $0["ename"]?.string ?? "" }
  }
}
