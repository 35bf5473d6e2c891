/// Reads from a resolver's complaint which package has no such version, and which there are.
///
/// pip says `Could not find a version that satisfies the requirement numpy==9.9 (from versions: 1.3.0, 2.4.1)`.
struct NearestVersion {
  let package: String
  let wanted: String
  /// As pip lists them, the oldest first.
  let versions: [String]

  init?(_ complaint: String) {
    let lead = "satisfies the requirement "
    guard let start = complaint.firstRange(of: lead)?.upperBound else { return nil }
    let rest = complaint[start...]
    let requirement = rest.prefix { $0 != " " && $0 != "\n" }
    guard let equal = requirement.firstRange(of: "=="),
      let list = rest.firstRange(of: "from versions: ")?.upperBound
    else { return nil }
    package = String(requirement[..<equal.lowerBound])
    wanted = String(requirement[equal.upperBound...])
    versions = rest[list...].prefix { $0 != ")" }.split(separator: ",").map {
      String($0.drop { $0 == " " })
    }.filter { $0 != "none" }
  }

  /// The one with the most leading numbers in common; of those the last before the wanted one, else the first after it.
  var nearest: String? {
    let goal = NearestVersion.numbers(wanted)
    func common(_ numbers: [Int]) -> Int { zip(numbers, goal).prefix { $0 == $1 }.count }
    let known = versions.map { (text: $0, numbers: NearestVersion.numbers($0)) }
    let most = known.map { common($0.numbers) }.max()
    let near = known.filter { common($0.numbers) == most }
    let before = near.filter { $0.numbers.lexicographicallyPrecedes(goal) }
    let chosen =
      before.max { $0.numbers.lexicographicallyPrecedes($1.numbers) }
      ?? near.min { $0.numbers.lexicographicallyPrecedes($1.numbers) }
    return chosen?.text
  }

  /// What to tell a person; nil when no version is to be had at all.
  var advice: String? {
    nearest.map { "the nearest version of \(package) that can be installed is \($0)" }
  }

  private static func numbers(_ version: String) -> [Int] {
    version.split(separator: ".").map { part in Int(part.prefix { $0.isNumber }) ?? 0 }
  }
}
