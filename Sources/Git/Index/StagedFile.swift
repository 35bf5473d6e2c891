/// A file that the next commit would change: what the index holds of it.
package struct StagedFile: Sendable, Hashable {
  /// From the top of the work tree.
  package var path: [UInt8]
  package var kind: TreeFile.Kind
  /// The content in the index.
  let object: ObjectID
  /// The content in HEAD; nil for a new file.
  let committed: ObjectID?

  /// The name of the content: equal names mean equal bytes.
  package var contentName: String { object.hex }
}
