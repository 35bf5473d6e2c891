import Formats
import Records
import Runner

/// The command that does again what a run did, as a shell reads it.
enum PlayCommand {
  /// Nil when nothing is known that could be played.
  static func text(_ run: Run) -> String? {
    let entry = run.entryPoint ?? run.tag("mlflow.project.entryPoint")
    let source = (run.sourceName ?? run.tag("mlflow.source.name")).map(place)
    guard let entry else { return run.command }
    if RunRecipe(run.environment?["recipe"]) != nil {
      return "reprise replay \(run.id.hex.prefix(8))"
    }
    var words = ["reprise", "run"]
    if let source, source != "." { words.append(source) }
    if entry != "main" { words += ["-e", entry] }
    if let commit = run.tag("mlflow.source.git.commit"), source.map(isRemote) == true {
      words += ["-v", String(commit.prefix(12))]
    }
    for param in run.params where param.given != nil || param.kind == nil {
      words += ["-P", "\(param.key)=\(param.given ?? param.value)"]
    }
    return words.map(quoted).joined(separator: " ")
  }

  /// A folder of this machine by its path.
  private static func place(_ source: String) -> String {
    source.hasPrefix("file:///") ? String(source.dropFirst("file://".count)) : source
  }

  private static func isRemote(_ source: String) -> Bool {
    source.contains("://") || source.hasPrefix("git@")
  }

  /// A word that a shell takes as it is, or between quotes.
  static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-_./:=@%+,".utf8.contains(byte)
      }
    }
    if plain, !word.isEmpty { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
