/// The filters of jinja2-ansible-filters 1.3.2, which every copier template has, but those for YAML and random numbers.
enum AnsibleLibrary {
  static func add(to library: inout TemplateLibrary) {
    addPatterns(to: &library)
    addPaths(to: &library)
    addTexts(to: &library)
    addTimes(to: &library)
    addValues(to: &library)
    addMerging(to: &library)
    addJSON(to: &library)
  }

  /// An argument, or none.
  static func value(_ call: FilterCall, _ index: Int) -> Value { call[index] ?? Value.none }
}
