import Formats
import Platform
import Support
import SystemPackage
import Testing

/// `project-examples/digits` on Fashion-MNIST, as Debian's package `dataset-fashion-mnist` has it.
@Suite("The example of digits on Debian's clothes, and onnxruntime on what comes of it")
struct DigitsInterop {
  private static let evaluate = """
    import gzip, json
    import numpy as np
    import onnxruntime
    data = "/usr/share/datasets/fashion-mnist/t10k-"
    images = np.frombuffer(gzip.open(data + "images-idx3-ubyte.gz").read(), "u1", offset=16)
    labels = np.frombuffer(gzip.open(data + "labels-idx1-ubyte.gz").read(), "u1", offset=8)
    session = onnxruntime.InferenceSession(folder + "/model.onnx")
    x = (images.reshape(-1, 1, 28, 28) / 255).astype("f4")
    label, probabilities = session.run(["label", "probabilities"], {"image": x})
    right = [str(a) == str(b) for a, b in zip(label, labels)]
    loss = -np.log(np.asarray(probabilities, "f8")[np.arange(len(labels)), labels]).mean()
    import mlflow
    served = mlflow.pyfunc.load_model(folder + "/digits/served")
    answer = served.predict(x[:200])
    assert [str(a) for a in answer["label"]] == [str(a) for a in label[:200]]
    assert np.abs(answer["probabilities"] - probabilities[:200]).max() < 1e-6
    json.dump({"accuracy": float(np.mean(right)), "loss": float(loss)}, open(folder + "/result.json", "w"))
    """

  @Test("both networks learn, and onnxruntime finds the figures of the record")
  func clothes() async throws {
    let folder = try TemporaryFolder()
    let project = folder.path.appending("digits")
    try FileSystem.copyTree(Program.repository.appending("project-examples/digits"), to: project)
    for (entry, least) in [("main", 0.83), ("cnn", 0.84)] {
      let run = try await Program.run(["run", "-e", entry, "-P", "epochs=1"], in: project)
      #expect(run.status == 0, "\(run.error)")
      let shown = try await Program.run(["runs", "show", "latest", "--json"], in: project)
      let json = try JSONValue(parsing: shown.output)
      let place = FilePath(try #require(json["artifact_uri"]?.string))
      try FileSystem.write(
        FileSystem.read(place.appending("model/model.onnx")),
        to: folder.path.appending("model.onnx"))
      let converted = try await Program.run(
        ["models", "convert", "latest", "served", "--to", "mlflow"], in: project)
      #expect(converted.status == 0, "\(converted.error)")
      let told = try Peer.run(Self.evaluate, in: folder)
      let accuracy = try #require(told["accuracy"]?.number)
      #expect(accuracy > least, "\(entry)")
      let own = try #require(Self.metric("test_accuracy", json), "\(shown.output)")
      #expect(abs(own - accuracy) <= 2e-4, "\(entry): \(own) here, \(accuracy) there")
      let loss = try #require(Self.metric("test_log_loss", json))
      #expect(abs(loss - (told["loss"]?.number ?? 0)) < 1e-4, "\(entry)")
    }
  }

  private static func metric(_ name: String, _ run: JSONValue) -> Double? {
    run["metrics"]?[name]?.number
      ?? run["metrics"]?.array?.first { $0["key"]?.string == name }?["value"]?.number
  }
}
