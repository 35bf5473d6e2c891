extension SVGElement {
  /// The root of a picture: its size in pixels, which is also its coordinate system.
  ///
  /// - Parameter style: rules of CSS.
  package static func picture(
    width: Double, height: Double, title: String, style: String, _ children: [SVGElement]
  ) -> SVGElement {
    let (w, h) = (SVGValue(width), SVGValue(height))
    var root = SVGElement(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "width": w, "height": h,
        "viewBox": "0 0 \(w.text) \(h.text)", "role": "img",
      ])
    root.append(.text("title", [:], title))
    root.append(.text("style", [:], style))
    root.append(children)
    return root
  }
}
