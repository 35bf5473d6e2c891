extension FuzzTarget {
  /// What the program of this folder tries.
  static let all: [FuzzTarget] = [
    .environmentFile, .search, .metrics, .outputs, .picture, .jpeg,
  ]
}
