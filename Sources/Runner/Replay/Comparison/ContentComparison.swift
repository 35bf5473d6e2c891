import Formats
import Platform

/// Compares two contents in memory: finds out what they are, and has them read by what they mean.
struct ContentComparison: Sendable {
  var tolerance: Tolerance
  var normaliser: TextNormaliser
  var limits: ComparisonLimits
  /// How many archives the contents lie in.
  var depth = 0
  var isCancelled: @Sendable () -> Bool

  /// For what lies in an archive.
  var inside: ContentComparison {
    var inside = self
    inside.depth += 1
    return inside
  }

  func compare(_ old: [UInt8], _ new: [UInt8], name: String) throws -> OutputVerdict {
    if old == new { return OutputVerdict(name: name, kind: .identical, reader: "bytes") }
    let nothing = Findings(tolerance: tolerance, normaliser: normaliser, isCancelled: isCancelled)
    let (reader, findings) = try read(old, new, nothing, name)
    return findings.verdict(name: name, reader: reader)
  }

  /// What differs in two contents that are part of another.
  func findings(
    _ old: [UInt8], _ new: [UInt8], _ findings: Findings, name: String = ""
  ) throws -> Findings {
    try read(old, new, findings, name).findings
  }

  /// By the first reader that can read both, or by bytes.
  private func read(
    _ old: [UInt8], _ new: [UInt8], _ nothing: Findings, _ name: String
  ) throws -> (reader: String, findings: Findings) {
    for reader in ContentKind(old, new, name: name).readers(self) {
      guard max(old.count, new.count) <= reader.limit(limits) else { continue }
      var findings = nothing
      do {
        try reader.compare(old, new, into: &findings)
        return (reader.name, findings)
      } catch let failure as CancellationError {
        throw failure
      } catch {
        continue
      }
    }
    var findings = nothing
    let place = zip(old, new).prefix { $0 == $1 }.count
    findings.add { FirstByte(place: place, old: old.count, new: new.count).words }
    return ("bytes", findings)
  }
}

/// Where two contents of bytes begin to differ.
struct FirstByte {
  /// Counted from 0.
  var place: Int
  /// Bytes of both.
  var old: Int
  var new: Int

  var words: String {
    let sizes = old == new ? "" : "; \(old) bytes became \(new)"
    if place == min(old, new), old != new {
      return old < new
        ? "the first \(old) bytes are the same\(sizes)"
        : "the first \(new) bytes are the same\(sizes)"
    }
    return "byte \(place) is the first that differs\(sizes)"
  }
}
