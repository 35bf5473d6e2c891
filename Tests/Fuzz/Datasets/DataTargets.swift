import Platform
import SystemPackage

@testable import Datasets

extension FuzzTarget {
  /// `.dvc` files: read, and changed with all else kept.
  static let pointer = FuzzTarget(
    name: "pointer",
    seeds: [
      "outs:\n- md5: d751713988987e9331980363e24189ce.dir\n  size: 0\n  nfiles: 0\n  hash: md5\n  path: d\n",
      "md5: b75491878c69427b6d5674bc6aa47e89\nfrozen: true\ndeps:\n- path: d\n  repo:\n    url: ../r\n    rev_lock: d998\nouts:\n- md5: d751713988987e9331980363e24189ce\n  path: 'a b'\n",
      "# c\nwdir: ..\nouts:\n  - {md5: d751713988987e9331980363e24189ce, path: x}\n",
      "outs:\n- path: d # why\n  desc: >-\n    folded\n  meta:\n    reprise:\n      extras: d751713988987e9331980363e24189ce\n  md5: d751713988987e9331980363e24189ce\n",
    ],
    words: [
      "outs:", "- md5: ", "path: ", "hash: md5", "size: ", "nfiles: ", "meta:", "wdir: ", "\n  ",
      "\n- ",
    ]
  ) { bytes in
    let pointer = try Pointer(parsing: bytes)
    for output in pointer.outputs {
      var new = output
      new.object = ObjectName(MD5Digest(high: 1, low: 2), isFolder: true)
      new.size = 12
      new.fileCount = 3
      new.isExecutable = false
      var text = PointerText(bytes)
      guard (try? text.update(new)) != nil else { continue }
      let again = try Pointer(parsing: Array(text.text.utf8))
      let found = again.outputs.first { $0.path.utf8.elementsEqual(output.path.utf8) }
      require(found?.object == new.object, "the new content is not what is read back")
      require(again.outputs.count == pointer.outputs.count, "an output came or went")
    }
  }

  /// Listings of folders.
  static let folderListing = FuzzTarget(
    name: "listing",
    seeds: [
      "[]", "[{\"md5\": \"d751713988987e9331980363e24189ce\", \"relpath\": \"a/b.txt\"}]",
      "[{\"md5\": \"d751713988987e9331980363e24189ce\", \"relpath\": \"\\ud55c\"}, {\"relpath\": \"a\", \"md5\": \"d751713988987e9331980363e24189ce\"}]",
    ],
    words: ["{\"md5\": \"", "\", \"relpath\": \"", "\"}", ", ", "..", "/", "\\u"]
  ) { bytes in
    let table = try FolderListing.table(of: bytes, name: "fuzz")
    var last: [UInt8]?
    for index in table.entries.indices {
      let path = Array(table.path(index))
      require(FolderListing.isSafe(path), "a path leads elsewhere")
      if let last { require(last.lexicographicallyPrecedes(path), "the paths are in no order") }
      last = path
    }
    let written = FolderListing.bytes(of: table)
    let again = try FolderListing.table(of: written, name: "fuzz")
    require(FolderListing.bytes(of: again) == written, "what is written is not what is read back")
  }

  /// The stat cache, which a killed or hostile program may have left in any state.
  static let statCache = FuzzTarget(
    name: "stat", seeds: ["reprise stat 1\n\u{0}"],
    words: ["reprise stat 1\n\u{0}", "\u{1}\u{0}\u{0}\u{0}"]
  ) { bytes in
    let file = workFolder.appending("stat")
    // With the right sum at its end, so that the rest is looked at.
    try FileSystem.write(bytes + MD5.digest(of: bytes).bytes, to: file, durable: false)
    let cache = StatCache(reading: file)
    for index in cache.table.entries.indices { _ = cache.table.path(index) }
  }

  /// DVC's configuration.
  static let dataSettings = FuzzTarget(
    name: "settings",
    seeds: [
      "[core]\n    remote = r\n['remote \"r\"']\n    url = ../x # c\n", "[cache]\ndir=\"a\"",
    ],
    words: ["[core]", "['remote \"", "\"']", "url = ", "remote", "\n    "]
  ) { bytes in
    var settings = DataSettings()
    try settings.read(bytes.text, file: "config")
    for name in settings.remotes { _ = settings.remote(name) }
  }
}
