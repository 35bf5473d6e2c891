/// The extension `link` of a split index: which entries of the shared file still count.
struct SharedIndexLink {
  /// Names the shared file: `sharedindex.HEX`.
  let object: ObjectID
  /// Places of the shared file's entries that are gone.
  let deleted: Set<Int>
  /// Places of those that the first entries of the split file replace, in order.
  let replaced: [Int]

  init(parsing bytes: UnsafeRawBufferPointer) throws(IndexProblem) {
    guard bytes.count >= 20, let base = bytes.baseAddress else { throw Self.cut }
    object = ObjectID(at: base)
    guard bytes.count > 20 else {
      deleted = []
      replaced = []
      return
    }
    var offset = 20
    deleted = Set(try Self.bitmap(bytes, &offset))
    replaced = try Self.bitmap(bytes, &offset)
  }

  private static let cut = IndexProblem(reason: "its link to the shared index is cut off")

  /// A bitmap compressed by EWAH (Documentation/technical/bitmap-format.txt, appendix A): the places of its ones.
  private static func bitmap(
    _ bytes: UnsafeRawBufferPointer, _ offset: inout Int
  ) throws(IndexProblem) -> [Int] {
    func word() throws(IndexProblem) -> UInt64 {
      guard offset + 8 <= bytes.count else { throw cut }
      defer { offset += 8 }
      return UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    guard offset + 8 <= bytes.count else { throw cut }
    let sizes = try word()
    // No index holds more entries than this; runs of ones would fill the memory otherwise.
    let bitCount = Int(sizes >> 32)
    guard bitCount < 1 << 27 else { throw cut }
    var rest = Int(sizes & 0xFFFF_FFFF)
    var ones: [Int] = []
    var place = 0
    while rest > 0 {
      let marker = try word()
      rest -= 1
      let run = Int(marker >> 1 & 0xFFFF_FFFF) * 64
      if marker & 1 == 1 { ones.append(contentsOf: place..<max(place, min(place + run, bitCount))) }
      place += run
      var literals = Int(marker >> 33)
      guard literals <= rest, place <= bitCount + 64 else { throw cut }
      rest -= literals
      while literals > 0 {
        var bits = try word()
        while bits != 0 {
          let bit = place + bits.trailingZeroBitCount
          if bit < bitCount { ones.append(bit) }
          bits &= bits - 1
        }
        place += 64
        literals -= 1
        guard place <= bitCount + 64 else { throw cut }
      }
    }
    // Where its last marker stands; only a writer needs it.
    guard offset + 4 <= bytes.count else { throw cut }
    offset += 4
    return ones
  }
}

extension SharedIndexLink {
  /// The entries of both files as one list, in the order of names and stages.
  ///
  /// - Parameters:
  ///   - own: of the split file; those without a name replace entries of the shared one.
  ///   - shared: of the shared file, already made to point into the common buffers.
  func merge(
    own: ContiguousArray<IndexEntry>, shared: ContiguousArray<IndexEntry>
  ) throws(IndexProblem) -> (kept: ContiguousArray<IndexEntry>, added: ContiguousArray<IndexEntry>)
  {
    var shared = shared
    var added: ContiguousArray<IndexEntry> = []
    var next = 0
    for entry in own {
      guard entry.nameStart == entry.nameEnd else {
        added.append(entry)
        continue
      }
      guard next < replaced.count, replaced[next] < shared.count else {
        throw IndexProblem(reason: "it replaces entries that the shared index does not have")
      }
      shared[replaced[next]].record = entry.record
      shared[replaced[next]].flags = entry.flags
      shared[replaced[next]].extended = entry.extended
      next += 1
    }
    guard next == replaced.count else {
      throw IndexProblem(reason: "it lacks entries that it should replace")
    }
    var kept: ContiguousArray<IndexEntry> = []
    for (place, entry) in shared.enumerated() where !deleted.contains(place) { kept.append(entry) }
    return (kept, added)
  }
}
