import Formats

/// What a cell says about its outputs, by its metadata or a tag.
package struct OutputWish: Sendable {
  /// Nil when it says nothing.
  package let keeps: Bool?
  /// `keep_output` is false in the metadata, and yet a tag.
  package let isContradicted: Bool

  /// - Parameter stripsInitial: whether `init_cell` keeps nothing.
  package init(_ metadata: JSONNode?, _ bytes: [UInt8], stripsInitial: Bool = false) {
    if let initial = metadata?["init_cell"] {
      keeps = initial.isTrue(in: bytes) && !stripsInitial
      isContradicted = false
      return
    }
    let isTagged = (metadata?["tags"]?.items ?? []).contains {
      $0.string(in: bytes) == "keep_output"
    }
    let said = metadata?["keep_output"]?.isTrue(in: bytes)
    isContradicted = isTagged && said == false
    keeps = isTagged ? true : said
  }
}
