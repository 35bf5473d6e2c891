/// One node whose splits are to be found, or two siblings of which one was added up.
struct ScanJob {
  /// The node whose histogram was added up, perhaps in parts.
  var first: Int
  /// Its sibling, which is to be had by subtraction, or -1.
  var second: Int
  /// The histogram of their parent, which becomes the sibling's; -1 when there is none.
  var parentHistogram: Int
  /// Whether the first one may be divided at all.
  var scansFirst = true
}
