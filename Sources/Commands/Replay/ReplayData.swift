import Datasets
import Platform
import Runner
import SystemPackage

/// Brings versioned data for a replay, from the cache and the remotes of the person's own tree.
struct ReplayData: DataSupply {
  let variables: [String: String]
  /// What an archive names, for a tree whose own settings know none or mean another folder.
  var remote: BundleManifest.Remote?
  let isStopped: @Sendable () -> Bool

  func place(
    _ paths: [FilePath], inTreeOf project: FilePath, of folders: [FilePath]
  ) throws -> [FilePath] {
    for folder in folders {
      guard let own = try DataRepository.find(from: folder, variables: variables) else { continue }
      return try DataPlacement(
        own, variables: variables, watch: FileWatch(isCancelled: isStopped)
      ).place(paths, inTreeOf: project)
    }
    // Played from elsewhere: the clean place has the settings that are committed.
    guard var there = try DataRepository.find(from: project, variables: variables) else {
      return []
    }
    if let remote {
      try ReplayData.set(remote, in: there.root)
      there = try DataRepository.find(from: project, variables: variables) ?? there
    }
    return try DataPlacement(
      there, variables: variables, watch: FileWatch(isCancelled: isStopped)
    ).place(paths, inTreeOf: project)
  }

  /// In the file of the clean place that git ignores.
  private static func set(_ remote: BundleManifest.Remote, in root: FilePath) throws {
    var settings = try SettingsFile(root.pushing(".dvc/config.local"))
    settings.set("core", "remote", remote.name)
    settings.set("remote \"\(remote.name)\"", "url", remote.url)
    try settings.save()
  }

  func remote(of folders: [FilePath]) -> BundleManifest.Remote? {
    for folder in folders {
      guard let own = try? DataRepository.find(from: folder, variables: variables) else { continue }
      return (try? own.defaultRemote()).flatMap { $0 }.map {
        BundleManifest.Remote(name: $0.name, url: $0.url)
      }
    }
    return nil
  }
}
