import Formats

extension OutputVerdict {
  /// As it is stored; what is nil or empty is left out.
  package var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(name)), .init("kind", .string(kind.rawValue)),
      .init("reader", .string(reader)),
    ]
    if let detail { members.append(.init("detail", .string(detail))) }
    if differences > 0 { members.append(.init("differences", .int(Int64(differences)))) }
    if let largestAbsolute { members.append(.init("largestAbsolute", .double(largestAbsolute))) }
    if let largestRelative { members.append(.init("largestRelative", .double(largestRelative))) }
    if !self.members.isEmpty { members.append(.init("members", .array(self.members.map(\.json)))) }
    if memberCount > 0 { members.append(.init("memberCount", .int(Int64(memberCount)))) }
    return .object(members)
  }

  /// Reads what ``json`` wrote; nil for anything else.
  package init?(_ json: JSONValue) {
    guard let name = json["name"]?.string, let reader = json["reader"]?.string,
      let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:))
    else { return nil }
    var members: [OutputVerdict] = []
    for member in json["members"]?.array ?? [] {
      guard let member = OutputVerdict(member) else { return nil }
      members.append(member)
    }
    self.init(
      name: name, kind: kind, reader: reader, detail: json["detail"]?.string,
      differences: Int(clamping: json["differences"]?.int ?? 0),
      largestAbsolute: json["largestAbsolute"]?.number,
      largestRelative: json["largestRelative"]?.number, members: members,
      memberCount: Int(clamping: json["memberCount"]?.int ?? 0))
  }
}
