/// How a large file is cut for an upload in parts: at most 10,000 parts, all but the last of the same size
/// ("Amazon S3 multipart upload limits").
struct PartPlan: Sendable, Hashable {
  /// In bytes, as all below.
  let size: Int64
  let part: Int64

  /// - Parameter smallest: parts are larger only when there were too many otherwise.
  init(size: Int64, smallest: Int64) {
    self.size = max(0, size)
    let least = self.size / 9000
    // Whole mebibytes, so that the same file is always cut in the same way.
    part = max(1, smallest, least > smallest ? ((least >> 20) + 1) << 20 : 0)
  }

  var count: Int { Int((size + part - 1) / part) }

  /// Where a part lies; counted from 0.
  func place(_ index: Int) -> (offset: Int64, count: Int64) {
    let offset = Int64(index) * part
    return (offset, min(part, size - offset))
  }
}
