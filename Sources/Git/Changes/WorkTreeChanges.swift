import Platform
import SystemPackage

/// What a work tree holds beyond its commit.
package struct WorkTreeChanges: Sendable, Hashable {
  /// Whether `git status` would show anything: staged, changed, missing, or untracked and not ignored.
  package var isDirty: Bool
  /// From HEAD to the work tree, in the form of `git diff --binary`; empty when there is nothing to say.
  ///
  /// `git apply --binary` on a clean checkout of HEAD makes the same files, modes and links. Names stand in it as the
  /// bytes they are, so it need not be UTF-8.
  package var patch: [UInt8]
  /// The paths in the patch, relative to the work tree, in the order of their bytes.
  package var files: [FilePath]
  /// What differs and is not in the patch, in the order of the paths' bytes.
  package var leftOut: [LeftOut]

  package init(isDirty: Bool, patch: [UInt8], files: [FilePath], leftOut: [LeftOut]) {
    self.isDirty = isDirty
    self.patch = patch
    self.files = files
    self.leftOut = leftOut
  }

  /// A change that the patch does not hold, and why.
  package struct LeftOut: Sendable, Hashable {
    /// Relative to the work tree.
    package var path: FilePath
    /// Bytes; nil where that says nothing.
    package var size: ByteCount?
    package var reason: Reason

    package init(path: FilePath, size: ByteCount?, reason: Reason) {
      self.path = path
      self.size = size
      self.reason = reason
    }
  }

  package enum Reason: Sendable, Hashable {
    /// Larger than the limit of one file.
    case tooLarge
    /// The patch or the number of files would pass its limit.
    case overTotal
    /// It may not be read, or went away while it was; with what the system said.
    case unreadable(String)
    /// A submodule: the commit that is checked out, nil when there is none, and whether it has changes of its own.
    case submodule(commit: String?, isDirty: Bool)
    /// A folder with a repository of its own that is no submodule, and its commit.
    case repository(commit: String?)
    /// The patch holds its git-lfs pointer alone.
    case largeFileStorage
    /// Its content passes a filter of git's that could not be run, with the filter's name.
    case filtered(String)
  }
}

extension WorkTreeChanges.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooLarge: "larger than the limit for one file"
    case .overTotal: "over the limit for all files"
    case .unreadable(let why): "cannot be read: \(why)"
    case .submodule(let commit, let isDirty):
      "submodule at \(commit ?? "no commit")" + (isDirty ? ", with changes of its own" : "")
    case .repository(let commit): "a repository of its own at \(commit ?? "no commit")"
    case .largeFileStorage: "kept by git-lfs: only its pointer is here"
    case .filtered(let name): "the filter `\(name)` could not be run"
    }
  }
}
