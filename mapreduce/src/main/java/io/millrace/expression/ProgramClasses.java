package io.millrace.expression;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes of programs. Tasks of a process that load equal programs, one after the other or side
 * by side, get one class, which the JVM compiles once and callers know from the task before. A
 * class may be unloaded when nobody holds a program of it any more. Thread-safe.
 */
final class ProgramClasses {
  private final Map<CompiledProgram, WeakReference<Class<? extends Program>>> loaded =
      new WeakHashMap<>();

  /** The class of a program that has steps. */
  synchronized Class<? extends Program> of(CompiledProgram program) {
    WeakReference<Class<? extends Program>> known = loaded.get(program);
    @Nullable Class<? extends Program> before = known == null ? null : known.get();
    if (before != null) {
      return before;
    }
    Class<? extends Program> defined =
        new Definer(program).defineProgram().asSubclass(Program.class);
    loaded.remove(program); // a key that is equal, but not kept by the new class
    loaded.put(program, new WeakReference<>(defined));
    return defined;
  }

  /** Keeps the key of its class, which is known for as long as it is used. */
  private static final class Definer extends ClassLoader {
    private final CompiledProgram program;

    Definer(CompiledProgram program) {
      super(Program.class.getClassLoader());
      this.program = program;
    }

    Class<?> defineProgram() {
      byte[] bytecode = program.bytecode();
      return defineClass(program.className(), bytecode, 0, bytecode.length);
    }
  }
}
