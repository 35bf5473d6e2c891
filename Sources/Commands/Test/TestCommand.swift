import ArgumentParser

/// `reprise test`: whether a project's data and models are what they must be like.
struct TestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Test a project's data and models.",
    discussion: """
      Each file tests/data/NAME.yml says where a table is and what it must be like: types, ranges, missing values, \
      uniqueness, statistics, drift from a reference. Each file tests/model/NAME.yml says the same of a model: metrics, slices, \
      fairness, calibration, behaviour, speed. Without names all of them are done.

        reprise test
        reprise test data
        reprise test model
        reprise test penguins --format junit -o tests.xml
        reprise test --staged
        reprise test --history penguins

      A file says for example:

        data: data/penguins.csv
        columns:
          species: category in [Adelie, Chinstrap, Gentoo]
          body_mass_g: int, 2000..7000, nulls <= 1%
        table:
        - rows: 300..

      or of a model:

        model: run:latest/model
        data: data/test.csv
        label: species
        tests:
        - accuracy >= 0.95; beats majority by 0.5
        - f1 macro >= 0.9 by island, gap <= 0.05
        - fair by sex: demographic parity ratio >= 0.8
        - invariant to noise(0.01) on [body_mass_g]: changed <= 1%

      Data that has not changed since the same suite was tested is not read again; the report calls it known. Every other \
      result is kept, and `--history` shows how the values went.

      The exit status is 1 when a test fails, 2 when something could not be tested.
      """,
    subcommands: [TestRun.self, TestImport.self],
    defaultSubcommand: TestRun.self)
}
