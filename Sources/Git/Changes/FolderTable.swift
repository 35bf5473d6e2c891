import Glibc

/// The children of one folder in the index, found by the names that the file system lists.
///
/// The scan of a work tree spends its own time here: one probe per file, no allocation per folder once it has grown.
struct FolderTable {
  struct Child {
    /// The bytes of the name, in the index.
    var name: UnsafeRawBufferPointer
    var isFolder: Bool
    /// The entries of the index that it spans.
    var first: Int
    var end: Int
    var isSeen = false
  }

  private(set) var children: ContiguousArray<Child> = []
  /// Open addressing: the place in `children` plus one, or 0.
  private var slots: ContiguousArray<Int32> = []

  /// Takes the children that stand in a range of the index under a folder.
  ///
  /// - Parameter depth: how many bytes of each name the folder is, its slash included.
  mutating func fill(_ index: IndexFile, _ range: Range<Int>, depth: Int) {
    children.removeAll(keepingCapacity: true)
    var i = range.lowerBound
    while i < range.upperBound {
      let name = index.name(index.entries[i])
      let rest = UnsafeRawBufferPointer(rebasing: name[depth...])
      if let base = rest.baseAddress, let slash = memchr(base, 0x2F, rest.count) {
        let length = UnsafeRawPointer(slash) - base
        let end = index.end(
          ofFolder: UnsafeRawBufferPointer(rebasing: name[...(depth + length)]), from: i,
          to: range.upperBound)
        let part = UnsafeRawBufferPointer(rebasing: rest[..<length])
        children.append(Child(name: part, isFolder: true, first: i, end: end))
        i = end
      } else {
        var end = i + 1
        // The sides of a conflict share a name.
        if index.entries[i].stage != 0 {
          while end < range.upperBound, equal(index.name(index.entries[end]), name) { end += 1 }
        }
        children.append(Child(name: rest, isFolder: false, first: i, end: end))
        i = end
      }
    }
    var size = 16
    while size < children.count * 2 { size *= 2 }
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement(0, count: size))
    for place in children.indices {
      var slot = hash(children[place].name) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(truncatingIfNeeded: place + 1)
    }
  }

  /// The place of a child, a folder or anything else.
  func find(_ name: UnsafeRawBufferPointer, isFolder: Bool) -> Int? {
    let mask = slots.count - 1
    var slot = hash(name) & mask
    while slots[slot] != 0 {
      let place = Int(slots[slot]) - 1
      if children[place].isFolder == isFolder, equal(children[place].name, name) { return place }
      slot = (slot + 1) & mask
    }
    return nil
  }

  mutating func markSeen(_ place: Int) { children[place].isSeen = true }

  /// FNV-1a: names are short, and an order of slots that an enemy chooses only costs him time.
  private func hash(_ name: UnsafeRawBufferPointer) -> Int {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: value >> 1 ^ value >> 33)
  }

  private func equal(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    guard a.count == b.count else { return false }
    guard let left = a.baseAddress, let right = b.baseAddress else { return true }
    return memcmp(left, right, a.count) == 0
  }
}

extension IndexFile {
  /// The end of the run of entries, starting at one, that a folder holds.
  ///
  /// - Parameter folder: the folder's name with a slash at the end.
  func end(ofFolder folder: UnsafeRawBufferPointer, from start: Int, to limit: Int) -> Int {
    func holds(_ i: Int) -> Bool {
      let name = self.name(entries[i])
      guard name.count >= folder.count, let a = name.baseAddress, let b = folder.baseAddress
      else { return false }
      return memcmp(a, b, folder.count) == 0
    }
    // Doubling steps, then halving: folders are small beside the index.
    var low = start
    var step = 1
    while low + step < limit, holds(low + step) {
      low += step
      step *= 2
    }
    var high = min(low + step, limit)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if holds(middle) { low = middle } else { high = middle }
    }
    return high
  }

  /// The first entry of a name; nil when the index does not hold it.
  func find(_ wanted: [UInt8]) -> Int? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = low + (high - low) / 2
      if name(entries[middle]).lexicographicallyPrecedes(wanted) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < entries.count, name(entries[low]).elementsEqual(wanted) else { return nil }
    return low
  }
}
