import Testing

@testable import Formats

@Suite("SVG pictures") struct SVGTests {
  @Test("numbers have at most two decimals and no more digits than they need")
  func numbers() {
    let cases: [(Double, String)] = [
      (0, "0"), (-0.001, "0"), (12, "12"), (12.5, "12.5"), (12.345, "12.35"), (-3.07, "-3.07"),
      (.nan, "0"), (.infinity, "0"), (1e300, "0"), (-0.5, "-0.5"),
    ]
    for (number, text) in cases { #expect(SVGValue(number).text == text) }
  }

  @Test("an element is a line, one with text keeps its spaces") func writing() {
    var root = SVGElement.picture(width: 10, height: 4.5, title: "a < b", style: ".x{}", [])
    root.append(
      SVGElement("g", ["class": "x"], [SVGElement("rect", ["width": 1.5])]).titled("R&D"))
    var label = SVGElement.text("text", ["data-name": "\"q\"\n"], "1 > 0\u{0}")
    label.append(.text("tspan", [:], "!"))
    root.append(label)
    #expect(
      root.document == """
        <svg xmlns="http://www.w3.org/2000/svg" width="10" height="4.5" viewBox="0 0 10 4.5" role="img">
          <title>a &lt; b</title>
          <style>.x{}</style>
          <g class="x">
            <title>R&amp;D</title>
            <rect width="1.5"/>
          </g>
          <text data-name="&quot;q&quot;&#10;">1 &gt; 0\u{FFFD}<tspan>!</tspan></text>
        </svg>

        """)
  }

  @Test("an attribute that is set again keeps its place") func setting() {
    var element = SVGElement("line", ["x1": 1, "y1": 2])
    element.set("x1", SVGValue(7))
    element.set("y2", "3")
    #expect(element.document == "<line x1=\"7\" y1=\"2\" y2=\"3\"/>\n")
  }
}
