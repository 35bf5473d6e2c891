import Compute
import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Learning

/// Graphs as PyTorch's exporters write them, made by hand: its wheel would bring gigabytes.
@Suite("Networks of others as ONNX") struct NetworkGraphsInterop {
  @Test("we say with graphs of others what onnxruntime says") func graphs() throws {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(Self.making, in: folder).array)
    #expect(cases.count == 80)
    var found: Set<String> = []
    for (index, expected) in cases.enumerated() {
      let what = "graph \(index): \(expected["operators"]?.text() ?? "")"
      for name in expected["operators"]?.array ?? [] { found.insert(name.string ?? "") }
      let path = folder.path.appending("\(index).onnx")
      let model = try #require(ModelFile.read(path) as? NetworkModel, "\(what)")
      let inputs = try #require(expected["inputs"]?.array).compactMap(\.number).map { Float($0) }
      let theirs = try #require(expected["answers"]?.array).map {
        $0.array?.compactMap(\.number) ?? []
      }
      let ours = try model.answers(Self.source(model, inputs))
      #expect(ours.count == theirs.count && ours.count == 3)
      for (own, their) in zip(ours, theirs) {
        #expect(own.count == their.count, "\(what)")
        for (one, other) in zip(own, their) {
          #expect(abs(one - other) <= 1e-5 * max(1, abs(other)), "\(what): \(model.plans)")
        }
      }
      // What was read is written as ours, and read as the same.
      let again = try NetworkModel(ONNXModel(parsing: model.onnx()), metadata: model.json.text())
      #expect(again == model, "\(what)")
    }
    let wanted: Set<String> = [
      "Conv", "Gemm", "MatMul", "Add", "Relu", "MaxPool", "AveragePool", "GlobalAveragePool",
      "Flatten", "Reshape", "BatchNormalization", "Softmax", "Sigmoid", "Tanh", "Erf", "Identity",
      "Constant", "Dropout", "Shape", "Gelu", "Sub",
    ]
    #expect(wanted.subtracting(found).isEmpty)
  }

  /// - Parameter inputs: (sample, channel, row, column), as the peer has them.
  private static func source(_ model: NetworkModel, _ inputs: [Float]) -> any SampleSource {
    guard case .images(let shape, let means, let deviations) = model.input else {
      return RowSamples(inputs, columns: model.input.shape.count)
    }
    let points = shape.height * shape.width
    let turned = (0..<inputs.count).map { place -> Float in
      let (sample, own) = (place / shape.count, place % shape.count)
      let (point, channel) = (own / shape.channels, own % shape.channels)
      let value = inputs[sample * shape.count + channel * points + point]
      return Float((Double(value) - means[channel]) / deviations[channel])
    }
    return FloatImages(shape: shape, numbers: turned)
  }

  /// Images of floats, channels of a point together.
  private struct FloatImages: SampleSource {
    var shape: SampleShape
    var numbers: [Float]
    var count: Int { numbers.count / shape.count }

    func write(_ sample: Int, to place: UnsafeMutablePointer<Float>, epoch: Int?) {
      for index in 0..<shape.count { place[index] = numbers[sample * shape.count + index] }
    }
  }

  private static let making = #"""
    import json, numpy as np, onnx, onnxruntime
    from onnx import helper, numpy_helper, TensorProto
    rng = np.random.default_rng(3)

    class Graph:
        def __init__(self, shape, opset):
            self.nodes, self.inits, self.count, self.opset = [], [], 0, opset
            self.value, self.shape = "input.1", list(shape)
            self.input = helper.make_tensor_value_info("input.1", TensorProto.FLOAT, ["batch"] + list(shape))

        def const(self, array, node=False):
            self.count += 1
            name = "c%d" % self.count
            tensor = numpy_helper.from_array(np.asarray(array), name)
            if node:
                self.nodes.append(helper.make_node("Constant", [], [name], value=tensor))
            else:
                self.inits.append(tensor)
            return name

        def weight(self, *shape):
            return self.const(rng.normal(0, 1 / np.sqrt(max(1, np.prod(shape[1:]))), shape).astype("f4"), rng.random() < .1)

        def add(self, op, *inputs, out=1, **attributes):
            self.count += 1
            names = ["/%s_%d_output_%d" % (op, self.count, i) for i in range(out)]
            self.nodes.append(helper.make_node(op, list(inputs), names, name="/%s_%d" % (op, self.count), **attributes))
            return names[0]

        def step(self, op, *others, **attributes):
            self.value = self.add(op, self.value, *others, **attributes)

        def size(self, kernel, stride, pad):
            for i in (1, 2):
                self.shape[i] = (self.shape[i] + 2 * pad - kernel) // stride + 1

    def activation(g):
        kind = rng.integers(7)
        x = g.value
        root, one, half = np.float32(2 ** .5), np.float32(1), np.float32(.5)
        if kind < 3: g.step(["Relu", "Sigmoid", "Tanh"][kind])
        elif kind == 3 and g.opset >= 20: g.step("Gelu")
        elif kind <= 4:
            g.step("Div", g.const(root, True)); g.step("Erf"); g.step("Add", g.const(one, True))
            g.value = g.add("Mul", x, g.value); g.step("Mul", g.const(half, True))
        elif kind == 5:
            g.step("Mul", g.const(np.float32(.5 ** .5))); g.step("Erf")
            g.value = g.add("Add", g.const(one), g.value); g.step("Mul", g.const(half)); g.value = g.add("Mul", x, g.value)
        else:
            g.step("Identity"); g.step("Relu")

    def norm(g):
        n = g.shape[0]
        values = [rng.uniform(.5, 2, n), rng.normal(size=n), rng.normal(size=n), rng.uniform(.5, 2, n)]
        g.step("BatchNormalization", *[g.const(v.astype("f4")) for v in values], epsilon=float(rng.choice([1e-5, 1e-3])), momentum=.9)

    def conv(g):
        groups = int(rng.choice([1, 1, g.shape[0]]))
        filters, k, s, p = groups * int(rng.integers(1, 9)), int(rng.integers(1, 4)), int(rng.integers(1, 3)), int(rng.integers(0, 2))
        if min(g.shape[1:]) + 2 * p < k: return
        inputs = [g.weight(filters, g.shape[0] // groups, k, k)]
        if rng.random() < .7: inputs.append(g.const(rng.normal(size=filters).astype("f4")))
        more = {} if rng.random() < .2 else {"kernel_shape": [k, k]}
        g.step("Conv", *inputs, strides=[s, s], pads=[p] * 4, dilations=[1, 1], group=groups, **more)
        g.shape[0] = filters
        g.size(k, s, p)

    def pool(g):
        k, s = int(rng.integers(1, 4)), int(rng.integers(1, 4))
        if min(g.shape[1:]) < k: return
        if rng.random() < .5: g.step("MaxPool", kernel_shape=[k, k], strides=[s, s], ceil_mode=0)
        else: g.step("AveragePool", kernel_shape=[k, k], strides=[s, s])
        g.size(k, s, 0)

    def flatten(g):
        n = int(np.prod(g.shape))
        kind = rng.integers(5)
        if kind == 0:
            g.step("GlobalAveragePool")
            n = g.shape[0]
        if kind <= 1: g.step("Flatten", **({} if rng.random() < .5 else {"axis": 1}))
        elif kind == 2: g.step("Reshape", g.const(np.array([-1, n], "i8"), rng.random() < .5))
        elif kind == 3: g.step("Reshape", g.const(np.array([0, -1], "i8")))
        else:
            shape = g.add("Shape", g.value)
            first = g.add("Gather", shape, g.const(np.array([0], "i8")), axis=0)
            g.step("Reshape", g.add("Concat", first, g.const(np.array([-1], "i8"), True), axis=0))
        g.shape = [n]

    def dense(g, units):
        n = g.shape[0]
        kind = rng.integers(4)
        bias = rng.normal(size=units).astype("f4")
        if kind == 0: g.step("Gemm", g.weight(units, n), g.const(bias), alpha=1., beta=1., transB=1)
        elif kind == 1: g.step("Gemm", g.weight(n, units), g.const(bias[None] if rng.random() < .5 else bias))
        else:
            g.step("MatMul", g.weight(n, units))
            if kind == 2: g.value = g.add("Add", g.const(bias), g.value) if rng.random() < .5 else g.add("Add", g.value, g.const(bias))
        g.shape = [units]

    out = []
    for index in range(80):
        opset = int(rng.choice([13, 17, 20]))
        image = index % 4 != 3
        shape = [int(rng.integers(1, 5)), int(rng.integers(5, 12)), int(rng.integers(5, 12))] if image else [int(rng.integers(1, 20))]
        g = Graph(shape, opset)
        if image:
            if rng.random() < .3:
                g.step("Sub", g.const(rng.normal(size=(1, shape[0], 1, 1)).astype("f4")))
                g.step("Div", g.const(rng.uniform(.5, 2, size=(shape[0], 1, 1)).astype("f4")))
            for _ in range(rng.integers(1, 6)): [conv, conv, pool, norm, activation][rng.integers(5)](g)
            flatten(g)
        for _ in range(rng.integers(0, 3)):
            dense(g, int(rng.integers(1, 30)))
            [norm, activation, activation][rng.integers(3)](g)
            if rng.random() < .2: g.step("Dropout", g.const(np.float32(.5)))
        units = int(rng.choice([1, 1, 2, 5]))
        dense(g, units)
        ending = rng.random()
        if units > 1 and ending < .5: g.step("Softmax", axis=int(rng.choice([1, -1])))
        isSingle = units == 1 and ending < .5
        if isSingle: g.step("Sigmoid")
        if rng.random() < .3: g.step("Identity")
        result = helper.make_tensor_value_info(g.value, TensorProto.FLOAT, ["batch", units])
        graph = helper.make_graph(g.nodes, "main_graph", [g.input], [result], g.inits)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], producer_name="pytorch", ir_version=8)
        onnx.checker.check_model(model, full_check=True)
        onnx.save(model, "%s/%d.onnx" % (folder, index))
        inputs = rng.normal(size=[3] + shape).astype("f4")
        found = onnxruntime.InferenceSession("%s/%d.onnx" % (folder, index)).run(None, {"input.1": inputs})[0].astype("f8")
        if units > 1 and not ending < .5:
            found = np.exp(found - found.max(1, keepdims=True))
            found /= found.sum(1, keepdims=True)
        if isSingle: found = np.hstack([1 - found, found])
        out.append({"inputs": inputs.astype("f8").ravel().tolist(), "answers": found.tolist(),
                    "operators": sorted({node.op_type for node in g.nodes})})
    json.dump(out, open(folder + "/result.json", "w"))
    """#
}
