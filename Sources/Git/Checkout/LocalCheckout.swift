import Platform
import SystemPackage

/// What came of a commit of this repository that was checked out somewhere else.
package struct LocalCheckout: Sendable, Hashable {
  /// 40 hexadecimal digits.
  package var commit: String
  /// The files that git-lfs keeps, those of submodules too; in the order of their paths within each repository.
  package var largeFiles: [LargeFile]
  /// The submodules whose commit is not on this machine: their folders are empty.
  package var missingSubmodules: [MissingSubmodule]
  /// The files whose content is as git keeps it, because what would turn it into that of a work tree could not be run.
  package var unfiltered: [Unfiltered]

  package init(
    commit: String, largeFiles: [LargeFile] = [], missingSubmodules: [MissingSubmodule] = [],
    unfiltered: [Unfiltered] = []
  ) {
    self.commit = commit
    self.largeFiles = largeFiles
    self.missingSubmodules = missingSubmodules
    self.unfiltered = unfiltered
  }

  /// A file of which git has only a pointer.
  package struct LargeFile: Sendable, Hashable {
    /// Relative to the folder.
    package var path: FilePath
    /// The SHA-256 of the content: 64 hexadecimal digits.
    package var digest: String
    package var size: ByteCount
    /// Whether the content was in the repository's store and is in place; else the file holds the pointer.
    package var isThere: Bool

    package init(path: FilePath, digest: String, size: ByteCount, isThere: Bool) {
      self.path = path
      self.digest = digest
      self.size = size
      self.isThere = isThere
    }
  }

  /// A submodule that could not be filled from this machine.
  package struct MissingSubmodule: Sendable, Hashable {
    /// Relative to the folder.
    package var path: FilePath
    /// As `.gitmodules` has it, without secrets; may be relative. Nil when it names none.
    package var url: String?
    /// 40 hexadecimal digits.
    package var commit: String
    /// What to do about it.
    package var hint: String

    package init(path: FilePath, url: String?, commit: String, hint: String) {
      self.path = path
      self.url = url
      self.commit = commit
      self.hint = hint
    }
  }

  package struct Unfiltered: Sendable, Hashable {
    /// Relative to the folder.
    package var path: FilePath
    /// As `.gitattributes` names it: `filter=NAME` or `working-tree-encoding=NAME`.
    package var attribute: String

    package init(path: FilePath, attribute: String) {
      self.path = path
      self.attribute = attribute
    }
  }

  /// Adds what a submodule's checkout says, with paths from the outer folder.
  mutating func add(_ inner: LocalCheckout, at path: FilePath) {
    largeFiles += inner.largeFiles.map {
      var file = $0
      file.path = path.pushing($0.path)
      return file
    }
    missingSubmodules += inner.missingSubmodules.map {
      var submodule = $0
      submodule.path = path.pushing($0.path)
      return submodule
    }
    unfiltered += inner.unfiltered.map {
      Unfiltered(path: path.pushing($0.path), attribute: $0.attribute)
    }
  }
}
