/// One element of an SVG picture (SVG 1.1): a name, attributes in the order that they were given,
/// and what stands inside.
///
/// The text that comes of it is the same for the same elements, byte for byte.
package struct SVGElement: Sendable, Hashable {
  package var name: String
  package private(set) var attributes: [Attribute]
  package var content: [Content]

  package struct Attribute: Sendable, Hashable {
    package var name: String
    package var value: String
  }

  package enum Content: Sendable, Hashable {
    case element(SVGElement)
    case text(String)
  }

  package init(_ name: String, _ attributes: KeyValuePairs<String, SVGValue> = [:]) {
    self.name = name
    self.attributes = attributes.map { Attribute(name: $0, value: $1.text) }
    content = []
  }

  package init(
    _ name: String, _ attributes: KeyValuePairs<String, SVGValue> = [:], _ children: [SVGElement]
  ) {
    self.init(name, attributes)
    content = children.map { .element($0) }
  }
}

extension SVGElement {
  /// Sets an attribute, in its old place where it has one.
  package mutating func set(_ name: String, _ value: SVGValue) {
    if let place = attributes.firstIndex(where: { $0.name == name }) {
      attributes[place].value = value.text
    } else {
      attributes.append(Attribute(name: name, value: value.text))
    }
  }

  package mutating func append(_ child: SVGElement) { content.append(.element(child)) }

  package mutating func append(_ children: [SVGElement]) {
    content += children.map { .element($0) }
  }

  /// An element that holds text: `text`, `tspan`, `title`, `style`.
  package static func text(
    _ name: String, _ attributes: KeyValuePairs<String, SVGValue> = [:], _ text: String
  ) -> SVGElement {
    var element = SVGElement(name, attributes)
    element.content = [.text(text)]
    return element
  }

  /// The same element with a `<title>`: what a browser shows under the pointer, and what a screen
  /// reader says.
  package func titled(_ title: String) -> SVGElement {
    var element = self
    element.content.insert(.element(.text("title", [:], title)), at: 0)
    return element
  }
}
