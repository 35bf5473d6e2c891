/// A file of the work tree by the name that git would keep its content under.
package struct CodeFile: Sendable, Hashable {
  /// Below the folder that was asked for, with slashes; need not be UTF-8.
  package var path: [UInt8]
  package var kind: TreeFile.Kind
  /// 40 hexadecimal digits: equal names mean equal bytes. Of a submodule, its commit.
  package var contentName: String
}
