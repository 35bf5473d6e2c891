import Compute
import Formats
import Platform
import SystemPackage

extension LogisticModel {
  /// Reads a model that ``write(to:)`` wrote, believing nothing.
  package init(reading path: FilePath) throws {
    self = try ModelDecoder.read(path) { decoder in
      let kind = try decoder.kind()
      guard kind == "logistic" else {
        throw ModelDecoder.Problem(code: .unsupported, message: "its kind is `\(kind)`")
      }
      return try decoder.logistic()
    }
  }

  /// Takes a model out of the JSON that ``json`` makes.
  init(json: JSONValue) throws {
    do {
      self = try ModelDecoder(root: json).logistic()
    } catch let problem as ModelDecoder.Problem {
      throw Failure(problem.code, problem.message, hint: problem.hint)
    }
  }
}

extension ModelDecoder {
  func logistic() throws -> LogisticModel {
    let classes = try strings(root, "classes")
    guard classes.count >= 2 else { throw Problem(message: "it has fewer than two classes") }
    let (encoder, target) = try columns()
    return LogisticModel(
      target: target, classes: classes, encoder: encoder,
      weights: try weights(rows: classes.count == 2 ? 1 : classes.count, columns: encoder.width),
      training: root["training"] ?? .object([]))
  }

  private func weights(rows: Int, columns: Int) throws -> Matrix {
    let coefficients = try array(root, "coefficients")
    let intercepts = try numbers(root["intercepts"], "intercepts")
    guard coefficients.count == rows, intercepts.count == rows else {
      throw Problem(
        message: "it should have \(rows) rows of coefficients and as many intercepts, not "
          + "\(coefficients.count) and \(intercepts.count)")
    }
    var elements: [Double] = []
    for (row, intercept) in zip(coefficients, intercepts) {
      let values = try numbers(row, "coefficients")
      guard values.count == columns else {
        throw Problem(message: "a row of coefficients has \(values.count) numbers, not \(columns)")
      }
      elements += values + [intercept]
    }
    guard let matrix = Matrix(rows: rows, columns: columns + 1, elements: elements) else {
      throw Problem(message: "its coefficients do not fill their shape")
    }
    return matrix
  }
}
