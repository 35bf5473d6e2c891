import Platform
import SystemPackage

/// How much memory what is kept of tables may take together; what is more goes to temporary files.
///
/// Used by one thread at a time.
final class MemoryBudget: @unchecked Sendable {
  /// In bytes.
  let limit: Int
  /// Where temporary files are made; `$TMPDIR` or `/tmp` when nil.
  let folder: FilePath?
  private var used = 0
  private var stores: [Entry] = []

  private struct Entry {
    weak var store: WordStore?
  }

  /// - Parameter limit: in bytes.
  init(limit: Int = 96 << 20, folder: FilePath? = nil) {
    self.limit = limit
    self.folder = folder
  }

  func add(_ store: WordStore) {
    stores.removeAll { $0.store == nil }
    stores.append(Entry(store: store))
  }

  /// Notes that a store keeps more, and has the largest of all go to its file when that is too much.
  func take(_ bytes: Int) throws {
    used += bytes
    while used > limit, let largest = largest {
      used -= largest.memory
      try largest.spill()
    }
  }

  func give(_ bytes: Int) { used -= bytes }

  private var largest: WordStore? {
    stores.compactMap(\.store).filter { $0.memory > 0 }.max { $0.memory < $1.memory }
  }
}
