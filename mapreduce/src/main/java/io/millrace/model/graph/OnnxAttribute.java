package io.millrace.model.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** An attribute of a node: a value that is fixed when the graph is written. */
public final class OnnxAttribute {
  private final AttributeProto proto;

  private OnnxAttribute(AttributeProto.Builder proto) {
    this.proto = proto.build();
  }

  AttributeProto proto() {
    return proto;
  }

  public static OnnxAttribute of(String name, long value) {
    return new OnnxAttribute(builder(name, AttributeType.INT).setI(value));
  }

  public static OnnxAttribute of(String name, float value) {
    return new OnnxAttribute(builder(name, AttributeType.FLOAT).setF(value));
  }

  public static OnnxAttribute of(String name, String value) {
    return new OnnxAttribute(
        builder(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)));
  }

  public static OnnxAttribute ofLongs(String name, long... values) {
    AttributeProto.Builder proto = builder(name, AttributeType.INTS);
    for (long value : values) {
      proto.addInts(value);
    }
    return new OnnxAttribute(proto);
  }

  public static OnnxAttribute ofFloats(String name, float... values) {
    AttributeProto.Builder proto = builder(name, AttributeType.FLOATS);
    for (float value : values) {
      proto.addFloats(value);
    }
    return new OnnxAttribute(proto);
  }

  public static OnnxAttribute ofTexts(String name, List<String> values) {
    AttributeProto.Builder proto = builder(name, AttributeType.STRINGS);
    values.forEach(value -> proto.addStrings(ByteString.copyFromUtf8(value)));
    return new OnnxAttribute(proto);
  }

  /** A tensor of one dimension. */
  public static OnnxAttribute ofDoubles(String name, double... values) {
    return new OnnxAttribute(
        builder(name, AttributeType.TENSOR).setT(tensor(name, values, values.length)));
  }

  private static AttributeProto.Builder builder(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  static TensorProto tensor(String name, double[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return tensor(name, TensorProto.DataType.DOUBLE, bytes, shape);
  }

  static TensorProto tensor(String name, float[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return tensor(name, TensorProto.DataType.FLOAT, bytes, shape);
  }

  static TensorProto tensor(String name, long[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putLong(value);
    }
    return tensor(name, TensorProto.DataType.INT64, bytes, shape);
  }

  private static TensorProto tensor(
      String name, TensorProto.DataType type, ByteBuffer bytes, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes.flip()));
    for (long dimension : shape) {
      tensor.addDims(dimension);
    }
    return tensor.build();
  }
}
