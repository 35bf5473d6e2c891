import Platform
import SystemPackage

/// A time zone of the IANA database, read from a TZif file (RFC 8536), or a fixed distance from UTC.
package struct TimeZoneData: Sendable, Hashable {
  private let changes: [ZoneChange]
  private let first: ZoneType
  private let rule: ZoneRule?

  package static let utc = TimeZoneData(offset: 0, name: "UTC")

  /// A zone that never changes; its name as Python's `timezone` has it (`UTC+05:30`) unless one is given.
  package init(offset: Int, name: String? = nil) {
    changes = []
    rule = nil
    first = ZoneType(offset: offset, isSummer: false, name: name ?? Self.name(of: offset))
  }

  private static func name(of offset: Int) -> String {
    guard offset != 0 else { return "UTC" }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let size = abs(offset)
    let seconds = size % 60
    return "UTC" + (offset < 0 ? "-" : "+") + two(size / 3600) + ":" + two(size / 60 % 60)
      + (seconds > 0 ? ":" + two(seconds) : "")
  }

  /// Where the system keeps its zones.
  private static let folders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/etc/zoneinfo"]

  /// A zone by its IANA name; nil when the system has none of it.
  ///
  /// - Throws: `ValueError` for a name that leads elsewhere or to a file of another kind.
  package static func named(_ name: String) throws(TemplateError) -> TimeZoneData? {
    if name.utf8.first == UInt8(ascii: "/") {
      throw .value("ZoneInfo keys may not be absolute paths, got: \(name)")
    }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    if name.isEmpty || parts.contains("") || parts.contains(".") {
      throw .value("ZoneInfo keys must be normalized relative paths, got: \(name)")
    }
    if parts.contains("..") || name.utf8.contains(0) {
      throw .value("ZoneInfo keys must refer to subdirectories of TZPATH, got: \(name)")
    }
    for folder in folders {
      let path = FilePath(folder).appending(name)
      guard let bytes = try? FileSystem.read(path, limit: 1 << 20) else { continue }
      guard bytes.starts(with: "TZif".utf8) else {
        throw .value("Invalid TZif file: magic not found")
      }
      guard let data = TimeZoneData(file: bytes) else {
        throw .value("Invalid TZif file: \(name)")
      }
      return data
    }
    return nil
  }

  /// Nil when the bytes are no TZif file.
  init?(file bytes: [UInt8]) {
    guard let file = ZoneFile(bytes) else { return nil }
    self.changes = file.changes
    self.first = file.first
    self.rule = file.rule
  }

  /// What holds at a moment, in seconds since 1970.
  func type(at moment: Int) -> ZoneType {
    guard let last = changes.last else {
      return rule.map { type(by: $0, CivilTime(seconds: moment).year) { $0.moment <= moment } }
        ?? first
    }
    if moment >= last.moment, let rule {
      return type(by: rule, CivilTime(seconds: moment).year) { $0.moment <= moment }
    }
    return latest(in: changes) { $0.moment <= moment }?.after ?? first
  }

  /// What holds at a time on the zone's clock; of a time that comes twice `isSecond` means the later one.
  func type(onClock time: Int, isSecond: Bool) -> ZoneType {
    func clock(_ change: ZoneChange) -> Int {
      change.moment
        + (isSecond
          ? min(change.before.offset, change.after.offset)
          : max(change.before.offset, change.after.offset))
    }
    if let last = changes.last, time < clock(last) || rule == nil {
      return latest(in: changes) { clock($0) <= time }?.after ?? first
    }
    guard let rule else { return first }
    return type(by: rule, CivilTime(seconds: time).year) { clock($0) <= time }
  }

  private func type(
    by rule: ZoneRule, _ year: Int, _ hasBegun: (ZoneChange) -> Bool
  ) -> ZoneType {
    let near = (max(1, year - 1)...(year + 1)).flatMap { rule.changes(in: $0) }
    return near.last(where: hasBegun)?.after ?? near.first?.before ?? rule.standard
  }

  private func latest(
    in changes: [ZoneChange], _ hasBegun: (ZoneChange) -> Bool
  ) -> ZoneChange? {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if hasBegun(changes[middle]) { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? changes[low - 1] : nil
  }
}
