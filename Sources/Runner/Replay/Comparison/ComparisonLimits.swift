/// What a comparison may cost; larger files are compared by their bytes alone.
struct ComparisonLimits: Sendable {
  /// Bytes of a file that is read into memory: with its twin and what is made of both, about a gigabyte.
  var whole = 256 << 20
  /// Bytes of a file that becomes a tree of values, which takes up to twelve times as much.
  var tree = 64 << 20
  /// How deep archives in archives are opened.
  var archives = 3
}
