import Platform
import SystemPackage
import Templates

/// An option's value that is JSON itself, or names a file that holds it.
enum JSONArgument {
  static func read(_ word: String, in folder: FilePath) throws -> ContextValue {
    let isText = word.drop { $0 == " " || $0 == "\n" }.first == "{"
    let bytes =
      isText
      ? Array(word.utf8)
      : try FileSystem.read(FileSystem.absolute(FilePath(word), in: folder))
    do {
      return try ContextReader.read(bytes)
    } catch {
      throw error.failure(in: isText ? "the command line" : word)
    }
  }
}
