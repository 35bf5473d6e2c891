import Platform
import SystemPackage
package struct CodeVersion { package init(commit: String, patch: [UInt8]) {} }
extension Repository {
  package func diff(from: CodeVersion, to: CodeVersion) throws -> [UInt8] { [] }
}
package struct RepositoryCache {
  package init(folder: FilePath) {}
  package func checkout(_ url: String, version: String?, into: FilePath) throws -> (branch: String?, commit: String) { (nil, "") }
}
