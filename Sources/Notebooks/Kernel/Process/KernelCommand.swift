import SystemPackage

/// What a kernel is started with.
struct KernelCommand: Sendable {
  /// The program's path and its words.
  var words: [String]
  var variables: [String: String]
  /// Where its code runs.
  var directory: FilePath
  /// The folder of its sockets, which goes when it does.
  var folder: FilePath

  /// The interpreter and its options when this is the stock launcher of IPython's kernel (`python -m ipykernel_launcher
  /// …`), and the words behind it; nil for every other kernel.
  var stockIPython: (interpreter: [String], rest: [String])? {
    guard let place = words.firstIndex(of: "-m"), place + 1 < words.count,
      words[place + 1] == "ipykernel_launcher",
      words[1..<place].allSatisfy({ $0.hasPrefix("-") && $0 != "-c" && $0.utf8.count > 1 })
    else { return nil }
    return (Array(words[..<place]), Array(words[(place + 2)...]))
  }
}
