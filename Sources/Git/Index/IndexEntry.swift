import Glibc

/// One line of the index: where its name and its record stand in the file's bytes.
struct IndexEntry {
  /// Where the name starts and ends in ``IndexFile/names``.
  var nameStart: Int
  var nameEnd: Int
  /// Where the 62 fixed bytes start in ``IndexFile/bytes``.
  var record: Int
  var flags: UInt16
  var extended: UInt16

  /// 0 for a settled entry; 1 to 3 for the sides of a conflict.
  var stage: Int { Int(flags >> 12) & 3 }
  /// `git update-index --assume-unchanged`.
  var isAssumedUnchanged: Bool { flags & 0x8000 != 0 }
  /// Left out of the work tree by a sparse checkout.
  var isSkipped: Bool { extended & 0x4000 != 0 }
  /// `git add --intent-to-add`: a name without a content.
  var isIntentToAdd: Bool { extended & 0x2000 != 0 }
}
