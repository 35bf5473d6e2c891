import Platform
import SystemPackage

extension DataRepository {
  /// A remote by its name, or the default one.
  ///
  /// - Throws: ``Failure`` with `.notFound` when there is none of that name, or no default; as ``ObjectStores/open``.
  package func store(
    _ name: String?, variables: [String: String]
  ) throws -> (store: any ObjectStore, name: String, jobs: Int?) {
    guard let name = name ?? settings["core", "remote"]?.value else {
      let names = settings.remotes
      throw Failure(
        .notFound, "no remote is the default one",
        hint: names.isEmpty
          ? "reprise data remote add --default NAME URL"
          : "`--remote \(names[0])`, or `reprise data remote default \(names[0])`")
    }
    let section = settings.remote(name)
    guard let url = section["url"] else {
      throw Failure(
        .notFound, "there is no remote `\(name)`",
        hint: nearestName(to: name, among: settings.remotes).map { "did you mean `\($0)`?" }
          ?? "reprise data remote add \(name) URL")
    }
    let store = try ObjectStores.open(
      url: address(url, depth: 0), settings: section.mapValues(\.value), variables: variables)
    return (store, name, section["jobs"].flatMap { Int($0.value) })
  }

  /// The name of the default remote and its address in full; nil when there is none.
  package func defaultRemote() throws -> (name: String, url: String)? {
    guard let name = settings["core", "remote"]?.value, let url = settings.remote(name)["url"]
    else { return nil }
    return (name, try address(url, depth: 0))
  }

  /// An address in full: a folder from that of the file that names it, `remote://base/sub` by the remote `base`.
  private func address(_ setting: DataSettings.Setting, depth: Int) throws -> String {
    let url = setting.value
    if url.hasPrefix("remote://") {
      let rest = url.dropFirst(9)
      let name = String(rest.prefix { $0 != "/" })
      guard depth < 8, let base = settings.remote(name)["url"] else {
        throw Failure(
          .invalid, "`\(url)` names no remote", at: SourceLocation(file: setting.file.string))
      }
      return try address(base, depth: depth + 1) + rest.dropFirst(name.count)
    }
    guard !url.contains("://"), !url.hasPrefix("/") else { return url }
    return DataRepository.path(setting).string
  }
}
