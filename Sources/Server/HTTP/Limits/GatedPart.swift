/// A part whose answers are made only so many at a time. For parts that read no bodies: who sends one slowly would hold a
/// place.
struct GatedPart: ServerPart {
  let part: any ServerPart
  let gate: AdmissionGate

  func answer(_ request: ServerRequest) async throws -> ServerAnswer? {
    try await gate.admit { try await part.answer(request) }
  }
}
