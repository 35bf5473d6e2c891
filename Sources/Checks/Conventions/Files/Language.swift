/// What a file is written in, as far as rules care.
package enum Language: String, Sendable, CaseIterable {
  case python, notebook, swift, yaml, json, toml, markdown, shell, text, binary

  /// By the file's name, and by `#!` where the name says nothing.
  package init(path: String, bytes: [UInt8]) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let ending = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last
    if let known = ending.flatMap({ Self.endings[$0.lowercased()] }) {
      self = known
    } else if ["MLproject", "dvc.lock", ".condarc"].contains(name) || name.hasSuffix(".dvc") {
      self = .yaml
    } else if let first = Self.firstLine(bytes), first.hasPrefix("#!") {
      self = first.contains("python") ? .python : first.contains("sh") ? .shell : .text
    } else {
      self = bytes.prefix(8000).contains(0) ? .binary : .text
    }
  }

  private static func firstLine(_ bytes: [UInt8]) -> String? {
    guard bytes.first == UInt8(ascii: "#") else { return nil }
    return String(decoding: bytes.prefix(200).prefix { $0 != 0x0A }, as: UTF8.self)
  }

  private static let endings: [String: Language] = [
    "py": .python, "pyi": .python, "pyw": .python, "ipynb": .notebook, "swift": .swift,
    "yml": .yaml, "yaml": .yaml, "json": .json, "toml": .toml, "md": .markdown, "sh": .shell,
    "bash": .shell, "zsh": .shell,
  ]
}
