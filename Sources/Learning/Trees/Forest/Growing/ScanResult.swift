/// Where a scan found its best split.
struct ScanResult {
  var rank = 0
  /// -1 when nothing but missing values goes right.
  var next = -1
  var missingLeft = false
}
