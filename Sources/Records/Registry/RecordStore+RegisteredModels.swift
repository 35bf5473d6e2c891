import GRDB
import Platform

extension RecordStore {
  /// Makes a name in the registry; when a tag stands twice, its last value counts.
  ///
  /// - Throws: ``RecordFailure`` when the name or a tag is not allowed, or the name is taken.
  @discardableResult
  package func createRegisteredModel(
    _ name: String, description: String? = nil, tags: [Tag] = []
  ) throws -> RegisteredModel {
    try writing { db in
      try RegistryRules.check(modelName: name)
      for tag in tags { try RegistryRules.check(tag) }
      try RecordStore.check(description: description)
      let reader = RegistryReader(db: db)
      if let other = try reader.knownNumber(ofModel: name) {
        let isOldPrompt = try reader.models([other]).contains(where: \.isPrompt)
        throw RecordFailure.modelExists(name, isPrompt: (isOldPrompt, tags.arePrompt))
      }
      let now = Clock.milliseconds()
      try db.cachedStatement(
        sql:
          "INSERT INTO registered_models (name, created, updated, description) VALUES (?, ?, ?, ?)"
      ).execute(arguments: [name, now, now, description])
      let number = db.lastInsertedRowID
      for tag in tags { try set(db, tag, ofModel: number) }
      return try RecordStore.model(db, number, name)
    }
  }

  /// A registered model.
  ///
  /// - Throws: ``RecordFailure`` when there is none of that name.
  package func registeredModel(_ name: String) throws -> RegisteredModel {
    try reading { db in
      try RecordStore.model(db, RegistryReader(db: db).number(ofModel: name), name)
    }
  }

  /// Sets the description; nil takes it away.
  package func describeRegisteredModel(
    _ name: String, as description: String?
  ) throws -> RegisteredModel {
    try writing { db in
      try RecordStore.check(description: description)
      let number = try RegistryReader(db: db).number(ofModel: name)
      try db.cachedStatement(
        sql: "UPDATE registered_models SET description = ?, updated = ? WHERE id = ?"
      ).execute(arguments: [description, Clock.milliseconds(), number])
      return try RecordStore.model(db, number, name)
    }
  }

  /// Gives a model another name; its versions, tags and aliases go with it.
  ///
  /// - Throws: ``RecordFailure`` when the new name is not allowed, or taken.
  package func renameRegisteredModel(_ name: String, to other: String) throws -> RegisteredModel {
    try writing { db in
      try RegistryRules.check(modelName: other, as: "new_name")
      let reader = RegistryReader(db: db)
      let number = try reader.number(ofModel: name)
      if let taken = try reader.knownNumber(ofModel: other), taken != number {
        throw RecordFailure.nameIsTaken(other)
      }
      let now = Clock.milliseconds()
      try db.cachedStatement(
        sql: "UPDATE registered_models SET name = ?, updated = ? WHERE id = ?"
      ).execute(arguments: [other, now, number])
      try db.cachedStatement(sql: "UPDATE model_versions SET updated = ? WHERE model = ?")
        .execute(arguments: [now, number])
      return try RecordStore.model(db, number, other)
    }
  }

  /// Deletes a model with its versions, tags and aliases.
  package func deleteRegisteredModel(_ name: String) throws {
    try writing { db in
      let number = try RegistryReader(db: db).number(ofModel: name)
      for sql in [
        """
        DELETE FROM model_version_tags
        WHERE version IN (SELECT id FROM model_versions WHERE model = ?)
        """,
        "DELETE FROM model_versions WHERE model = ?",
        "DELETE FROM registered_model_aliases WHERE model = ?",
        "DELETE FROM registered_model_tags WHERE model = ?",
        "DELETE FROM registered_models WHERE id = ?",
      ] {
        try db.cachedStatement(sql: sql).execute(arguments: [number])
      }
    }
  }

  package func setTag(_ tag: Tag, ofRegisteredModel name: String) throws {
    try writing { db in
      try RegistryRules.check(modelName: name)
      try RegistryRules.check(tag)
      try set(db, tag, ofModel: RegistryReader(db: db).number(ofModel: name))
    }
  }

  /// Removes a tag; one that is not there is no error, as in MLflow.
  package func deleteTag(_ key: String, ofRegisteredModel name: String) throws {
    try writing { db in
      try RegistryRules.check(modelName: name)
      try RegistryRules.check(tagKey: key)
      let number = try RegistryReader(db: db).number(ofModel: name)
      try db.cachedStatement(sql: "DELETE FROM registered_model_tags WHERE model = ? AND key = ?")
        .execute(arguments: [number, key])
    }
  }

  static func check(description: String?) throws(RecordFailure) {
    if let description { try RegistryRules.checkText(description, as: "description") }
  }

  private static func model(_ db: Database, _ number: Int64, _ name: String) throws
    -> RegisteredModel
  {
    guard let model = try RegistryReader(db: db).models([number]).first else {
      throw RecordFailure.noModel(name)
    }
    return model
  }

  private func set(_ db: Database, _ tag: Tag, ofModel number: Int64) throws {
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO registered_model_tags (model, key, value) VALUES (?, ?, ?)"
    ).execute(arguments: [number, tag.key, tag.value])
  }
}
