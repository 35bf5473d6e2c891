/// A part of a network's gradient.
struct NetworkTile: Sendable {
  /// The place in the network's layers.
  var layer: Int
  var tile: GradientTile
}
