import Platform
import SystemPackage

extension RepositoryCache {
  /// The repository that holds all versions of what an address names, fetched when something may be new.
  ///
  /// - Parameter version: what must be in it: a branch, a tag or a commit; nil for the default branch.
  /// - Returns: the repository, and the commit that the version stands for.
  package func mirror(
    of url: String, version: String? = nil, report: ((FetchProgress) -> Void)? = nil
  ) throws -> (repository: Repository, commit: String) {
    let found = try find(GitAddress(url), version: version, report: report)
    return (try Repository.open(found.mirror), found.commit.hex)
  }
}
