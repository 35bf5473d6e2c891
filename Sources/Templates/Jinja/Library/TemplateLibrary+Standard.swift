extension TemplateLibrary {
  /// What every Jinja2 environment has.
  package static let standard: TemplateLibrary = {
    var library = TemplateLibrary()
    TextFilters.add(to: &library)
    NumberFilters.add(to: &library)
    SequenceFilters.add(to: &library)
    SortingFilters.add(to: &library)
    SelectingFilters.add(to: &library)
    MarkupFilters.add(to: &library)
    StandardTests.add(to: &library)
    StandardGlobals.add(to: &library)
    library.addStringMethods()
    library.addListMethods()
    library.addTupleMethods()
    library.addDictMethods()
    library.addNumberMethods()
    return library
  }()
}
