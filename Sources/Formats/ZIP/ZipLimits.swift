import Platform

/// What an archive may unpack to, so that a small file cannot fill the disk.
package struct ZipLimits: Sendable, Hashable {
  package var entries: Int
  /// All files together, unpacked.
  package var total: ByteCount
  /// How many times larger than the archive that may be; the first 64 MB are free.
  package var ratio: Int

  package init(
    entries: Int = 200_000, total: ByteCount = ByteCount(20_000_000_000), ratio: Int = 200
  ) {
    self.entries = entries
    self.total = total
    self.ratio = ratio
  }
}
