import Glibc
import Platform
import SystemPackage

/// A time zone by the names that templates use: `utc`, `local`, `+09:00`, `Asia/Seoul`.
enum Zone {
  case utc
  case fixed(Int)
  case local
  case named(ZoneFile)

  /// Nil for a name that nobody knows.
  init?(_ name: String) {
    switch name {
    case "local": self = .local
    case "utc", "UTC": self = .utc
    default:
      if let offset = Self.offset(name) {
        self = .fixed(offset)
      } else if let file = ZoneFile(name) {
        self = .named(file)
      } else {
        return nil
      }
    }
  }

  /// Seconds of `+09:00`, `-0330`, `05`.
  private static func offset(_ text: String) -> Int? {
    var rest = text[...]
    var sign = 1
    if rest.first == "+" || rest.first == "-" { sign = rest.removeFirst() == "-" ? -1 : 1 }
    let digits = rest.filter { $0 != ":" }
    guard rest.count == digits.count || (rest.count == 5 && rest.dropFirst(2).first == ":"),
      digits.count == 2 || digits.count == 4, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
      let hours = Int(digits.prefix(2)), let minutes = Int("0" + digits.dropFirst(2))
    else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }

  /// What a clock there is ahead of Greenwich at a time, in seconds, and what that is called.
  func offset(at time: Int) -> (seconds: Int, name: String) {
    switch self {
    case .utc: return (0, "UTC")
    case .fixed(let seconds): return (seconds, seconds == 0 ? "UTC" : "")
    case .named(let file): return file.offset(at: time)
    case .local:
      var time = time_t(time)
      var parts = tm()
      guard localtime_r(&time, &parts) != nil else { return (0, "UTC") }
      return (parts.tm_gmtoff, parts.tm_zone.map { String(cString: $0) } ?? "")
    }
  }

  /// The same for a time on the wall there; of two that fit, the earlier.
  func offset(onWall seconds: Int) -> (seconds: Int, name: String) {
    let first = offset(at: seconds - offset(at: seconds).seconds)
    let earlier = offset(at: seconds - first.seconds - 86_400)
    let candidate = offset(at: seconds - earlier.seconds)
    return candidate.seconds == earlier.seconds ? candidate : first
  }
}
