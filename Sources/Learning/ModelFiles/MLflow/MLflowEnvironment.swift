/// What has to be installed to load a model's folder: the versions that our files are proven with.
struct MLflowEnvironment {
  static let mlflow = "3.17.2"
  static let python = "3.11.7"
  static let xgboost = "3.2.0"
  static let lightgbm = "4.7.0"
  static let onnx = "1.23.2"
  static let onnxruntime = "1.31.1"

  private let packages: [String]

  init(_ flavors: [MLflowModelFolder.Flavor]) {
    var packages = ["numpy==2.4.6", "pandas==3.1.1"]
    for flavor in flavors {
      switch flavor {
      case .xgboost: packages.append("xgboost==\(Self.xgboost)")
      case .lightgbm: packages.append("lightgbm==\(Self.lightgbm)")
      case .onnx: packages += ["onnx==\(Self.onnx)", "onnxruntime==\(Self.onnxruntime)"]
      }
    }
    self.packages = ["mlflow==\(Self.mlflow)"] + packages.sorted()
  }

  var requirements: String { packages.joined(separator: "\n") + "\n" }

  var conda: String {
    let lines = packages.map { "  - \($0)\n" }.joined()
    return
      "channels:\n- conda-forge\ndependencies:\n- python=\(Self.python)\n- pip\n- pip:\n\(lines)"
      + "name: mlflow-env\n"
  }

  var python: String {
    "python: \(Self.python)\nbuild_dependencies:\n- pip\n- setuptools\n- wheel\n"
      + "dependencies:\n- -r requirements.txt\n"
  }
}
