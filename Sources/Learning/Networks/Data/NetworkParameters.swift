import Projects

/// What says where a network's samples come from.
enum NetworkParameters {
  static let data: [Parameter] = [
    Parameter(
      "data", .path, isRequired: false,
      description:
        "a table; images as idx or .npy; a folder of MNIST's four files, or with a folder of .png for each class; the first of `inputs` if not given"
    ),
    Parameter(
      "target", isRequired: false, description: "column of a table to predict"),
    Parameter(
      "labels", .path, isRequired: false, description: "classes of images in one file: idx or .npy"),
    Parameter(
      "test_data", .path, isRequired: false, description: "held out images, in place of a share"),
    Parameter("test_labels", .path, isRequired: false, description: "classes of `test_data`"),
    Parameter(
      "image", isRequired: false,
      description: "the columns of a table are images: 28x28, or 32x32x3, channels last"),
    Parameter(
      "means", isRequired: false,
      description: "of channels from 0 to 1, between commas; those of the data when not given"),
    Parameter(
      "deviations", isRequired: false,
      description: "of channels from 0 to 1, between commas; those of the data when not given"),
    Parameter(
      "shift", .int, default: "0", minimum: 0, maximum: 1000,
      description: "images move by up to so many points, another way each epoch"),
    Parameter(
      "flip", .bool, default: "false", description: "every second image is seen in a mirror"),
    Parameter(
      "rotate", .float, default: "0.0", minimum: 0, maximum: 180,
      description: "images turn by up to so many degrees"),
    Parameter(
      "crop", .float, default: "1.0", minimum: 0.1, maximum: 1,
      description: "images show at least this share of their edges, made as large as they were"),
  ]

  /// Those of tables that have the same meaning here.
  static let table: [Parameter] = TableParameters.all.filter {
    !["data", "target"].contains($0.name)
  }
}
