import Notebooks
import Platform
import SystemPackage

/// A notebook that a run executes: read, checked, and with its parameters in it.
package struct NotebookPlan: Sendable {
  /// Below the project's folder.
  package var name: String
  package var path: FilePath
  package var document: NotebookDocument
  /// The name of its kernel.
  package var kernel: String

  /// What its result depends on, beside what its cells read: the code in its order, and the kernel.
  var digest: String {
    var text = kernel
    for cell in document.cells where cell.kind == .code { text += "\0" + cell.source }
    return SHA256.digest(of: Array(text.utf8)).hex
  }
}
