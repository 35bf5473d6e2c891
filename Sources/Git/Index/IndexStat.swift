import Glibc

/// What `lstat` said of a file when it was put into the index.
struct IndexStat {
  var changedSeconds: UInt32
  var changedNanoseconds: UInt32
  var modifiedSeconds: UInt32
  var modifiedNanoseconds: UInt32
  var inode: UInt32
  var mode: UInt32
  var user: UInt32
  var group: UInt32
  /// The low 32 bits of the size.
  var size: UInt32
}
