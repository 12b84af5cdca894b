package io.millrace.expression;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.millrace.expression.runtime.ZoneCalendar;
import io.millrace.expression.tree.Function;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpressionArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.millrace.expression");

  @Test
  void shouldKeepTheParserAndTheCompilerOutOfTasks() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.millrace.expression.sql", "io.millrace.expression.code")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.calcite..", "org.codehaus..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.millrace.expression",
            "io.millrace.expression.runtime",
            "io.millrace.expression.tree")
        .and()
        .doNotHaveSimpleName("ExpressionCompiler")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.millrace.expression.sql", "io.millrace.expression.code")
        .check(CLASSES);
  }

  @Test
  void shouldKeepTheRuntimeByItself() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.expression.runtime")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "java..", "org.jspecify..", "io.millrace.row", "io.millrace.expression.runtime")
        .check(CLASSES);
  }

  @Test
  void shouldKeepCalciteToTheFrontAndJaninoToTheBack() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.millrace.expression.sql")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.calcite..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.millrace.expression.code")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.codehaus..")
        .check(CLASSES);
  }

  // Janino picks among overloads without a warning where only the return types differ
  @ParameterizedTest
  @EnumSource(Function.class)
  void shouldHaveOneMethodForEachFunction(Function function) throws ClassNotFoundException {
    List<String> name = List.of(function.java().split("\\."));
    Class<?> home =
        name.get(0).equals("calendar")
            ? ZoneCalendar.class
            : Class.forName(ZoneCalendar.class.getPackageName() + "." + name.get(0));
    assertEquals(
        1,
        Arrays.stream(home.getMethods()).filter(m -> m.getName().equals(name.get(1))).count(),
        function.java());
  }
}
