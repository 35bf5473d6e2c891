extension Pages {
  func models(_ parts: [String], _ at: PageContext) async throws -> ServerAnswer? { nil }
}
