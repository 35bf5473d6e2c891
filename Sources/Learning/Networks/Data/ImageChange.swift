import Compute
import Platform

/// How images are changed by chance while a network learns, so that it does not know them by heart.
struct ImageChange: Sendable, Hashable {
  /// Points, in each direction.
  var shift: Int
  var flips: Bool
  /// Degrees, in each direction.
  var rotation: Double
  /// The least share of the edges that is shown.
  var crop: Double
  var seed: UInt64

  /// - Returns: nil when nothing is to be changed.
  init?(_ job: TrainingJob) throws {
    shift = try job.int("shift", default: 0, in: 0...1000)
    flips = try job.truth("flip", default: false)
    rotation = try job.double("rotate", default: 0, in: 0...180)
    crop = try job.double("crop", default: 1, in: 0.1...1)
    seed = try job.seed
    if shift == 0, !flips, rotation == 0, crop == 1 { return nil }
  }

  /// The change of one sample in one epoch; the same for the same names.
  func draw(epoch: Int, sample: Int, _ shape: SampleShape) -> Placement {
    var random = RandomStream(
      seed: seed, purpose: "network augmentation", index: UInt64(epoch) << 32 | UInt64(sample))
    var result = Placement()
    if flips, random.word() & 1 == 1 { result.isMirrored = true }
    if shift > 0 {
      result.right = Double(random.integer(below: 2 * shift + 1) - shift)
      result.down = Double(random.integer(below: 2 * shift + 1) - shift)
    }
    if rotation > 0 {
      let turn = (random.unit() * 2 - 1) * rotation / 360
      (result.cosine, result.sine) = Self.turn(turn)
    }
    if crop < 1 {
      let share = crop + random.unit() * (1 - crop)
      result.zoom = share
      result.right += (random.unit() * 2 - 1) * (1 - share) / 2 * Double(shape.width)
      result.down += (random.unit() * 2 - 1) * (1 - share) / 2 * Double(shape.height)
    }
    return result
  }

  /// Cosine and sine of a share of a whole turn, at most a half, out of IEEE operations only.
  private static func turn(_ share: Double) -> (cosine: Double, sine: Double) {
    let angle = share * 2 * .pi
    let square = angle * angle
    var (cosine, sine) = (0.0, 0.0)
    for k in stride(from: 26, through: 2, by: -2) {
      cosine = (1 + cosine) * -square / Double(k * (k - 1))
      sine = (1 + sine) * -square / Double(k * (k + 1))
    }
    return (1 + cosine, angle * (1 + sine))
  }

  /// Where the points of a changed image are taken from.
  struct Placement: Sendable, Hashable {
    var isMirrored = false
    var right = 0.0
    var down = 0.0
    var cosine = 1.0
    var sine = 0.0
    /// Below 1 when a part is made larger.
    var zoom = 1.0
  }
}
