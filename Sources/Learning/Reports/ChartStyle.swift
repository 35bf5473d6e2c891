import Formats

/// What all pictures of a training have in common: type, inks and the scale of an axis.
///
/// Inks are legible on white and on black, so that a page of either kind can show the file as it is.
enum ChartStyle {
  static let css = """
    text { font: 12px system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans KR", sans-serif; fill: #8a8f98 }
    .title { font-size: 14px; font-weight: 600 }
    .grid { stroke: #8a8f98; stroke-opacity: .25 }
    .axis { stroke: #8a8f98; stroke-opacity: .8 }
    .line { fill: none; stroke-width: 2; stroke-linejoin: round }
    .best { stroke: #8a8f98; stroke-dasharray: 4 3 }
    """

  /// One ink for each line or bar; the first two are told apart by all common kinds of colour vision.
  static let inks = ["#2f80ed", "#f2811d", "#27ae60", "#a259d9", "#d64550", "#0f9fa8"]

  /// Round numbers that cover a range in about five steps.
  static func ticks(_ low: Double, _ high: Double) -> [Double] {
    guard low.isFinite, high.isFinite, high > low else { return [low] }
    let rough = (high - low) / 5
    let power = tenth(rough)
    let step = [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= rough } ?? 10 * power
    guard step > 0, step.isFinite else { return [low] }
    let first = (low / step).rounded(.up)
    return (0..<12).map { (first + Double($0)) * step }.filter { $0 <= high + step * 1e-9 }
  }

  /// The largest power of ten that is not above a positive number.
  private static func tenth(_ number: Double) -> Double {
    var power = 1.0
    while power * 10 <= number, power < 1e300 { power *= 10 }
    while power > number, power > 1e-300 { power /= 10 }
    return power
  }

  /// A text that ends in `…` where it has more characters than fit.
  static func fitted(_ text: String, to count: Int) -> String {
    text.count <= count ? text : text.prefix(max(1, count - 1)) + "…"
  }
}
