package io.millrace.expression.code;

import java.util.Map;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.SimpleCompiler;

/** Janino: Java source to a class file, in memory. */
public final class Bytecode {
  private Bytecode() {}

  /**
   * Compiles one class.
   *
   * @param parent where the classes that it uses are found
   */
  public static byte[] compile(ProgramSource source, ClassLoader parent) {
    SimpleCompiler compiler = new SimpleCompiler();
    compiler.setParentClassLoader(parent);
    compiler.setDebuggingInformation(false, false, false);
    try {
      compiler.cook(source.className(), source.java());
    } catch (CompileException e) {
      throw new IllegalStateException("Cannot compile generated code:\n" + source.java(), e);
    }
    Map<String, byte[]> classes = compiler.getBytecodes();
    byte[] bytecode = classes.get(source.className());
    if (bytecode == null || classes.size() != 1) {
      throw new IllegalStateException("Cannot find the one class among " + classes.keySet());
    }
    return bytecode;
  }
}
