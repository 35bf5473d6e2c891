import Platform

/// How much a bundle from strangers may ask for.
package struct BundleLimits: Sendable, Hashable {
  /// The largest content of one file, unpacked; the memory that is used is a few times that.
  package var object: ByteCount
  /// All contents together, unpacked.
  package var total: ByteCount

  package init(object: ByteCount = ByteCount(1 << 30), total: ByteCount = ByteCount(1 << 37)) {
    self.object = object
    self.total = total
  }
}
