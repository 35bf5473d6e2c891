/// What a patch says of one file.
struct FilePatch {
  /// The name before, without `a/`; nil when the file comes.
  var oldPath: [UInt8]?
  /// The name after, without `b/`; nil when the file goes.
  var newPath: [UInt8]?
  /// Nil when the patch does not say it: then it stays.
  var oldMode: UInt32?
  var newMode: UInt32?
  /// What the content is named before and after: hexadecimal digits, all 40 or the first of them; zeros for nothing.
  var oldObject: String?
  var newObject: String?
  /// Whether the old file stays under its name.
  var isCopy = false
  var change = Change.none
  /// Where it starts in the patch, counted from 1.
  var line: Int

  enum Change {
    case none
    case hunks([Hunk])
    case binary(BinaryPart)
  }

  /// Lines that stand in the place of others.
  struct Hunk {
    /// The first old line, counted from 1; the one before the place when there are no old lines.
    var oldStart: Int
    /// With their line feeds; the last one of a file may have none.
    var old: [ArraySlice<UInt8>]
    var new: [ArraySlice<UInt8>]
    var line: Int
  }

  /// What makes the new content.
  enum BinaryPart {
    case literal([UInt8])
    case delta([UInt8])
  }

  /// The name to show.
  var path: [UInt8] { newPath ?? oldPath ?? [] }
  var shown: String { String(decoding: path, as: UTF8.self) }
}
