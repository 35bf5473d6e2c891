import SystemPackage
extension NetworkModel {
  func write(below folder: FilePath) throws -> [TrainingResult.ModelFile] { [] }
}
extension NetworkSession {
  func resume(from: FilePath) throws {}
  func checkpoint(_ job: TrainingJob, _ observer: any TrainingObserver) throws {}
}
