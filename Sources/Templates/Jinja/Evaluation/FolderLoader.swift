import Platform
import SystemPackage

/// Templates in folders, the first folder that has the name wins; names go down only.
package struct FolderLoader: TemplateLoader {
  package let folders: [FilePath]

  package init(_ folders: [FilePath]) { self.folders = folders }

  package func source(of name: String) throws(TemplateError) -> String? {
    let parts = name.split(separator: "/", omittingEmptySubsequences: true)
    guard !parts.isEmpty, parts.allSatisfy({ $0 != ".." && !$0.utf8.contains(0) }) else {
      return nil
    }
    let path = parts.filter { $0 != "." }.joined(separator: "/")
    for folder in folders {
      let file = folder.appending(path)
      guard FileSystem.isFile(file) else { continue }
      do {
        return try FileSystem.readText(file)
      } catch {
        throw TemplateError("OSError", "\((error as? Failure)?.message ?? "\(error)")")
      }
    }
    return nil
  }
}
