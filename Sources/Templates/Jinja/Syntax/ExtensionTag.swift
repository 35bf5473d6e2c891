/// A tag that an extension adds, such as `{% now 'utc' %}`: it reads expressions and writes one text.
package struct ExtensionTag: Sendable {
  /// Reads what stands after the tag's name, up to the end of the tag.
  package typealias Reader =
    @Sendable (inout Parser) throws(TemplateError) -> [Expression]
  /// Gives what the tag writes, from the values of the expressions that were read.
  package typealias Writer = @Sendable ([Value], Render) throws(TemplateError) -> Value

  let read: Reader
  let write: Writer

  package init(read: @escaping Reader, write: @escaping Writer) {
    self.read = read
    self.write = write
  }
}
