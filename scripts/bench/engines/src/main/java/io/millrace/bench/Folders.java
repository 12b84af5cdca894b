package io.millrace.bench;

import java.nio.file.Path;

/** Where things lie: everything of so many rows below one folder. */
record Folders(Path root) {
  Path landing(Layout layout) {
    return root.resolve("landing").resolve(layout.folder());
  }

  Path model(Model model) {
    return root.resolve(model.title() + ".onnx");
  }

  Path warehouse(String engine, Layout layout) {
    return root.resolve(engine).resolve(layout.folder());
  }

  /** What the first engine made, as Parquet. */
  Path expected(Case work) {
    return root.resolve("expected").resolve(work.title());
  }

  Path logs() {
    return root.resolve("logs");
  }

  static Path partition(Path warehouse, String dataSet) {
    return warehouse.resolve(dataSet).resolve("dt=" + Layout.NIGHT);
  }
}
