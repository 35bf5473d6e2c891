/// What LightGBM's streams of random numbers begin with.
package struct LightGBMSeeds: Sendable, Hashable {
  /// Of the rows that bins are made from: `data_random_seed`.
  package var data = 1
  /// Of the rows that trees are grown from: `bagging_seed`.
  package var bagging = 3
  /// Of the features that trees look at: `feature_fraction_seed`.
  package var features = 2

  package init() {}

  /// Those that follow from `seed`; 0 stands for none.
  package init(seed: Int) {
    guard seed != 0 else { return }
    var random = LightGBMRandom(seed: seed)
    let bound = Int(Int16.max)
    data = random.short(below: bound)
    bagging = random.short(below: bound)
    // That of `drop_seed`.
    _ = random.short(below: bound)
    features = random.short(below: bound)
  }
}
