import Platform

extension ModelJudge {
  /// Clocks of two machines may be so many seconds apart.
  private static let clockSkew = 60.0

  func staleness(_ test: ModelTest, _ most: Double) throws -> TestOutcome {
    guard let time = try places.trainingTime(suite.model) else {
      throw Failure(
        .invalid, "\(predictor.name) is no file, and nobody knows when it was trained",
        hint: "name the model itself: `model: run:latest/model`, or a path")
    }
    let age = now - time
    guard age >= -Self.clockSkew else {
      throw Failure(
        .invalid, "\(predictor.name) was trained \(Self.shown(-age)) from now",
        hint: "one of the clocks is wrong, or the file's time is")
    }
    return TestOutcome(
      test, passed: age <= most, found: "trained \(Self.shown(max(0, age))) ago",
      value: max(0, age),
      nearest: "within \(SuiteNumber.duration(Self.roundedUp(age)))")
  }

  /// In the largest unit of which it is at least one.
  private static func shown(_ seconds: Double) -> String {
    let unit = unit(seconds)
    return "\(shortNumber((seconds / unit.seconds * 10).rounded() / 10)) \(unit.name)"
  }

  private static func roundedUp(_ seconds: Double) -> Double {
    let unit = unit(seconds).seconds
    return (seconds / unit).rounded(.up) * unit
  }

  private static func unit(_ seconds: Double) -> (name: String, seconds: Double) {
    SuiteNumber.units.last { $0.seconds <= seconds } ?? SuiteNumber.units[0]
  }
}
