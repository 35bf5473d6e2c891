extension FuzzTarget {
  /// What the program of this folder tries.
  static let all: [FuzzTarget] = [
    .pointer, .folderListing, .statCache, .dataSettings, .gitIndex, .gitIgnore,
  ]
}
