import Compute
import Formats
import Support
import Testing

@testable import Learning

@Suite("Layers as JSON") struct LayerPlanJSONTests {
  private static let texts: [(LayerPlan, String)] = [
    (.dense(units: 10), #"{"dense":{"units":10}}"#),
    (
      .conv2d(filters: 32, kernel: 3, stride: 1, padding: 2, groups: 4),
      #"{"conv2d":{"filters":32,"kernel":3,"stride":1,"padding":2,"groups":4}}"#
    ),
    (.maxPool(size: 2, stride: 3), #"{"maxpool":{"size":2,"stride":3}}"#),
    (.averagePool(size: 3, stride: 1), #"{"averagepool":{"size":3,"stride":1}}"#),
    (.dropout(rate: 0.2), #"{"dropout":{"rate":0.2}}"#),
    (
      .batchNorm(momentum: 0.1, epsilon: 1e-5), #"{"batchnorm":{"momentum":0.1,"epsilon":1e-05}}"#
    ),
    (.globalAveragePool, #""globalaveragepool""#), (.flatten, #""flatten""#),
    (.softmax, #""softmax""#), (.activation(.relu), #""relu""#), (.activation(.gelu), #""gelu""#),
    (.activation(.tanh), #""tanh""#), (.activation(.sigmoid), #""sigmoid""#),
  ]

  @Test("every layer is written and read") func roundTrip() throws {
    for (plan, text) in Self.texts {
      #expect(plan.json.text() == text)
      #expect(try LayerPlan(json: JSONValue(parsing: text)) == plan)
    }
    var random = SeededRandom(seed: 1)
    for _ in 0..<2000 {
      let plan = LayerPlan.dropout(rate: Float.random(in: 0..<1, using: &random))
      #expect(try LayerPlan(json: JSONValue(parsing: plan.json.text())) == plan)
    }
  }

  @Test("numbers that are nearly always the same may be left out") func defaults() throws {
    for (text, plan) in [
      (
        #"{"conv2d": {"filters": 8, "kernel": 5}}"#,
        LayerPlan.conv2d(filters: 8, kernel: 5, stride: 1, padding: 0, groups: 1)
      ),
      (#"{"maxpool": {"size": 3}}"#, .maxPool(size: 3, stride: 3)),
      (#"{"batchnorm": {}}"#, .batchNorm(momentum: 0.1, epsilon: 1e-5)),
      (#"{"relu": {}}"#, .activation(.relu)),
    ] { #expect(try LayerPlan(json: JSONValue(parsing: text)) == plan) }
  }

  @Test(
    "what is no layer is refused",
    arguments: [
      (#""dense""#, "there is no layer `dense`"), (#"7"#, "`7` is no layer"),
      (#"{"dense":{"units":0}}"#, "`units` of `dense` is not a whole number from 1 to 1048576"),
      (#"{"dense":{"units":1.5}}"#, "`units` of `dense` is not a whole number from 1 to 1048576"),
      (#"{"dense":{}}"#, "`dense` has no `units`"),
      (#"{"dense":{"units":1,"bias":true}}"#, "`dense` has no number `bias`"),
      (
        #"{"conv2d":{"filters":1,"kernel":9223372036854775807}}"#,
        "`kernel` of `conv2d` is not a whole number from 1 to 63"
      ),
      (#"{"maxpool":{"size":16}}"#, "`size` of `maxpool` is not a whole number from 1 to 15"),
      (#"{"dropout":{"rate":1}}"#, "`rate` of `dropout` is not from 0 to below 1"),
      (#"{"dropout":{"rate":1e999}}"#, "`rate` of `dropout` is not from 0 to below 1"),
      (#"{"batchnorm":{"epsilon":0}}"#, "`epsilon` of `batchnorm` is not above 0 and at most 1"),
      (#"{"relu":{"x":1}}"#, "`relu` takes no numbers"),
      (#"{"lstm":{}}"#, "there is no layer `lstm`"),
      (#"{"relu":{},"tanh":{}}"#, #"`{"relu":{},"tanh":{}}` is no layer"#),
    ])
  func refused(text: String, message: String) throws {
    let json = try JSONValue(parsing: text)
    #expect(throws: LayerPlan.Misfit(message: message)) { try LayerPlan(json: json) }
  }
}
