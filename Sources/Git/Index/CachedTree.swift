/// The extension TREE of the index: which tree objects its folders were when it was written.
struct CachedTree {
  /// The tree of this folder; nil when something in it was added or removed since.
  var object: ObjectID?
  /// How many entries of the index the folder spans; meaningless without an object.
  var entryCount: Int
  /// By the bytes of the folder's name.
  var folders: [[UInt8]: CachedTree]

  /// Reads the extension; nil when it is not as the format says, since it only saves work.
  init?(parsing bytes: UnsafeRawBufferPointer) {
    var offset = 0
    guard let (name, tree) = CachedTree.parse(bytes, &offset, depth: 0), name.isEmpty else {
      return nil
    }
    self = tree
  }

  private init(object: ObjectID?, entryCount: Int, folders: [[UInt8]: CachedTree]) {
    self.object = object
    self.entryCount = entryCount
    self.folders = folders
  }

  private static func parse(
    _ bytes: UnsafeRawBufferPointer, _ offset: inout Int, depth: Int
  ) -> ([UInt8], CachedTree)? {
    guard depth < 512, let nameEnd = bytes[offset...].firstIndex(of: 0) else { return nil }
    let name = Array(bytes[offset..<nameEnd])
    offset = nameEnd + 1
    guard let entries = number(bytes, &offset, until: UInt8(ascii: " ")),
      let count = number(bytes, &offset, until: UInt8(ascii: "\n")), count >= 0
    else { return nil }
    var object: ObjectID?
    if entries >= 0 {
      guard offset + 20 <= bytes.count, let base = bytes.baseAddress else { return nil }
      object = ObjectID(at: base + offset)
      offset += 20
    }
    var folders: [[UInt8]: CachedTree] = [:]
    for _ in 0..<count {
      guard let (name, tree) = parse(bytes, &offset, depth: depth + 1) else { return nil }
      folders[name] = tree
    }
    return (name, CachedTree(object: object, entryCount: entries, folders: folders))
  }

  private static func number(
    _ bytes: UnsafeRawBufferPointer, _ offset: inout Int, until end: UInt8
  ) -> Int? {
    guard let stop = bytes[offset...].prefix(12).firstIndex(of: end) else { return nil }
    defer { offset = stop + 1 }
    return Int(String(decoding: bytes[offset..<stop], as: UTF8.self))
  }
}
