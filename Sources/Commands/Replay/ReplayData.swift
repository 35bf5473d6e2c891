import Datasets
import Platform
import Runner
import SystemPackage

/// Brings versioned data for a replay, from the cache and the remotes of the person's own tree.
struct ReplayData: DataSupply {
  let variables: [String: String]
  let isStopped: @Sendable () -> Bool

  func place(
    _ paths: [FilePath], inTreeOf project: FilePath, of folders: [FilePath], at revision: String?
  ) throws -> [FilePath] {
    for folder in folders {
      guard let own = try DataRepository.find(from: folder, variables: variables) else { continue }
      return try DataPlacement(
        own, variables: variables, watch: FileWatch(isCancelled: isStopped)
      ).place(paths, inTreeOf: project, at: revision)
    }
    // Played from elsewhere: the clean place has the settings that are committed.
    guard let there = try DataRepository.find(from: project, variables: variables) else {
      return []
    }
    return try DataPlacement(
      there, variables: variables, watch: FileWatch(isCancelled: isStopped)
    ).place(paths, inTreeOf: project, at: revision)
  }
}
