import Platform
import Records
import Runner

/// Opens the records for commands that change the model registry.
enum RegistryAccess {
  static func open(_ records: RecordsFolder) throws -> RecordStore {
    _ = try RecordReader.require(records)
    return try RecordStore(in: records.path)
  }
}
