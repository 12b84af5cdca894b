package io.millrace.model;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.millrace.row.Kind;
import java.util.Arrays;
import java.util.Optional;

/** An element type of tensors that columns can be put into. */
public enum ElementType {
  FLOAT("float", DataType.FLOAT),
  DOUBLE("double", DataType.DOUBLE),
  INT64("int64", DataType.INT64),
  INT32("int32", DataType.INT32),
  BOOL("bool", DataType.BOOL),
  STRING("string", DataType.STRING);

  private final String onnxName;
  private final DataType onnxType;

  ElementType(String onnxName, DataType onnxType) {
    this.onnxName = onnxName;
    this.onnxType = onnxType;
  }

  /** The name that ONNX gives it. */
  public String onnxName() {
    return onnxName;
  }

  /** The number that ONNX has for it. */
  public DataType onnxType() {
    return onnxType;
  }

  static Optional<ElementType> of(int onnxNumber) {
    return Arrays.stream(values())
        .filter(type -> type.onnxType.getNumber() == onnxNumber)
        .findFirst();
  }

  /** The column that holds a score of this type, or nothing where no score may be of it. */
  Optional<Kind> scoreKind() {
    return switch (this) {
      case FLOAT -> Optional.of(Kind.FLOAT);
      case DOUBLE -> Optional.of(Kind.DOUBLE);
      case INT64 -> Optional.of(Kind.LONG);
      case STRING -> Optional.of(Kind.STRING);
      case INT32, BOOL -> Optional.empty();
    };
  }

  /** Whether not-a-number is one of its values. */
  boolean hasNotANumber() {
    return this == FLOAT || this == DOUBLE;
  }
}
