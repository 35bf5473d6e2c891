import Platform
import SystemPackage

/// What a Python program of a run finds on its path: the module `reprise`, and, for a script that is cut into cells, a
/// `sitecustomize` that says which of them runs.
enum PythonSupport {
  private static let own = "reprise-python"
  private static let ownCells = "reprise-cells"

  /// Writes the files where they are not yet, and gives the child the variables that they need.
  ///
  /// - Parameters:
  ///   - folder: of the records.
  ///   - script: whose cells are told; nil: nobody's.
  static func add(
    to variables: inout [String: String], in folder: FilePath, script: FilePath?
  ) throws {
    let modules = folder.appending(own)
    try place(PythonModule.text, modules.appending("reprise.py"))
    try place(PythonModule.figures, modules.appending("reprise_figures.py"))
    var path = variables["PYTHONPATH"].map { $0.isEmpty ? [] : [$0] } ?? []
    // Last, so that a module of the project goes before ours.
    path.append(modules.string)
    if let script {
      let cells = folder.appending(ownCells)
      try place(PythonCells.text, cells.appending("sitecustomize.py"))
      variables["REPRISE_CELLS"] = script.string
      path.insert(cells.string, at: 0)
    }
    variables["PYTHONPATH"] = path.joined(separator: ":")
  }

  /// The variables that a run inherits, without what a run around it got from us.
  static func removed(from variables: [String: String]) -> [String: String] {
    guard variables["REPRISE_MARKS"] != nil else { return variables }
    var variables = variables
    for name in ["REPRISE_MARKS", "REPRISE_DISPLAY", "REPRISE_CELLS"] { variables[name] = nil }
    if let path = variables["PYTHONPATH"] {
      let kept = path.split(separator: ":", omittingEmptySubsequences: false).filter {
        !$0.hasSuffix("/" + own) && !$0.hasSuffix("/" + ownCells)
      }
      variables["PYTHONPATH"] = kept.isEmpty ? nil : kept.joined(separator: ":")
    }
    return variables
  }

  private static func place(_ text: String, _ path: FilePath) throws {
    if let there = try? FileSystem.readText(path), there == text { return }
    try FileSystem.createDirectory(path.removingLastComponent())
    try FileSystem.write(text, to: path, durable: false)
  }
}
