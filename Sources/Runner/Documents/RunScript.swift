import Notebooks
import Platform
import Projects
import SystemPackage

/// The program text that an entry point runs: the first file of the project that its command names.
struct RunScript: Sendable, Hashable {
  /// Below the project's folder.
  var name: String
  /// Where it lies; empty for a text that was read otherwise.
  var path = FilePath()
  var text: String

  /// Larger files are no scripts that a person reads.
  private static let largest: Int64 = 1 << 20
  private static let longestName = 1024

  enum Language: String, Sendable {
    case python, r, julia, shell, swift, javascript, perl

    init?(_ suffix: String) {
      switch suffix {
      case "py": self = .python
      case "R", "r": self = .r
      case "jl": self = .julia
      case "sh", "bash": self = .shell
      case "swift": self = .swift
      case "js", "mjs": self = .javascript
      case "pl": self = .perl
      default: return nil
      }
    }

    var comment: String {
      switch self {
      case .swift, .javascript: "//"
      case .python, .r, .julia, .shell, .perl: "#"
      }
    }
  }

  var language: Language? {
    name.split(separator: ".").last.flatMap { Language(String($0)) }
  }

  var cells: ScriptCells { ScriptCells(text, comment: language?.comment ?? "#") }

  /// The script of a shell command; nil when it names none.
  init?(of command: String, in project: FilePath) {
    let words = RunScript.words(command)
    for (index, word) in words.enumerated() {
      var candidates = [word]
      if index > 0, words[index - 1] == "-m", word.utf8.count <= RunScript.longestName {
        let place = word.split(separator: ".").joined(separator: "/")
        candidates = [place + ".py", place + "/__main__.py"]
      }
      for candidate in candidates {
        if let script = RunScript(file: candidate, in: project) {
          self = script
          return
        }
      }
    }
    return nil
  }

  init(name: String, text: String) { (self.name, self.text) = (name, text) }

  /// A script that a run's document keeps.
  init?(kept name: String, in source: FilePath) { self.init(file: name, in: source) }

  private init?(file: String, in project: FilePath) {
    // The words of a command can be as long as a program's text, and paths are slow to make.
    guard file.utf8.count <= RunScript.longestName,
      let suffix = file.split(separator: ".").last, Language(String(suffix)) != nil
    else { return nil }
    let given = FilePath(file)
    guard let path = try? FileSystem.absolute(given, in: project),
      var name = Optional(path.lexicallyNormalized()), name.removePrefix(project),
      let status = try? FileSystem.status(path), status.kind == .file,
      status.size <= RunScript.largest,
      let text = try? FileSystem.readText(path)
    else { return nil }
    (self.name, self.path, self.text) = (name.string, path, text)
  }

  /// The words of a command, without quotes; what a shell would put in their place is not looked at.
  private static func words(_ command: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    for character in command {
      if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character.isWhitespace || ";|&()<>".contains(character) {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
