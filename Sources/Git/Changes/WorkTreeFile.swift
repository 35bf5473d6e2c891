import CGit2
import Glibc
import Platform
import SystemPackage

/// The content of a file in the work tree as git would store it.
enum WorkTreeFile {
  case content(PatchWriter.Side)
  /// Only the git-lfs pointer is in git; the content is somewhere else.
  case pointer(PatchWriter.Side, size: Int64)
  /// Larger than was asked for.
  case tooLarge(mode: UInt32, size: Int64)
  case unreadable(String)
  /// It passes a filter that could not be run.
  case filtered(String)
}
