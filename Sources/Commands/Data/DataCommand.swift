import ArgumentParser

/// `reprise data`: the commands of versioned data.
struct DataCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Version files and folders by their content, beside git.",
    discussion: """
      A version is a small `.dvc` file that git keeps; the content goes into a cache, and from there to a remote. The \
      files are DVC's: both programs can be used side by side.

        reprise data add data/raw
        git add data/raw.dvc data/.gitignore && git commit -m "First data"
        reprise data status
        reprise data checkout --rev v1.0
      """,
    subcommands: [
      DataAdd.self, DataStatusCommand.self, DataCheckoutCommand.self, DataPush.self, DataPull.self,
      DataFetch.self, DataDiffCommand.self, DataLogCommand.self, DataList.self, DataCat.self,
      DataGet.self, DataImportCommand.self, DataUpdate.self, DataMoveCommand.self, DataRemove.self,
      DataUnprotect.self, DataRemote.self, DataVerify.self,
      DataGC.self, DataDoctor.self, DataInfer.self,
    ])
}
