package io.millrace;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.millrace", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] CORE = {
    "io.millrace.schedule..",
    "io.millrace.plan..",
    "io.millrace.pipeline..",
    "io.millrace.source..",
    "io.millrace.quality..",
    "io.millrace.aggregate..",
    "io.millrace.profile..",
    "io.millrace.learn..",
    "io.millrace.model..",
    "io.millrace.join..",
    "io.millrace.landing..",
    "io.millrace.allreduce..",
    "io.millrace.expression..",
    "io.millrace.row..",
    "io.millrace.sort..",
    "io.millrace.spec..",
    "io.millrace.fixture..",
    "io.millrace.example.."
  };

  @ArchTest
  static final ArchRule importsPointDown =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("io.millrace.cli..")
          .layer("run")
          .definedBy("io.millrace.run..")
          .layer("job")
          .definedBy("io.millrace.job..")
          .layer("warehouse")
          .definedBy("io.millrace.warehouse..")
          .layer("oozie")
          .definedBy("io.millrace.oozie..")
          .layer("schedule")
          .definedBy("io.millrace.schedule..")
          .layer("plan")
          .definedBy("io.millrace.plan..")
          .layer("pipeline")
          .definedBy("io.millrace.pipeline..")
          .layer("source")
          .definedBy("io.millrace.source..")
          .layer("quality")
          .definedBy("io.millrace.quality..")
          .layer("aggregate")
          .definedBy("io.millrace.aggregate..")
          .layer("profile")
          .definedBy("io.millrace.profile..")
          .layer("learn")
          .definedBy("io.millrace.learn..")
          .layer("model")
          .definedBy("io.millrace.model..")
          .layer("join")
          .definedBy("io.millrace.join..")
          .layer("landing")
          .definedBy("io.millrace.landing..")
          .layer("allreduce")
          .definedBy("io.millrace.allreduce..")
          .layer("expression")
          .definedBy("io.millrace.expression..")
          .layer("row")
          .definedBy("io.millrace.row..")
          .layer("sort")
          .definedBy("io.millrace.sort..")
          .layer("spec")
          .definedBy("io.millrace.spec..")
          .layer("fixture")
          .definedBy("io.millrace.fixture..")
          .layer("example")
          .definedBy("io.millrace.example..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("run")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("fixture")
          .mayOnlyBeAccessedByLayers("run", "cli")
          .whereLayer("example")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("oozie")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("warehouse")
          .mayOnlyBeAccessedByLayers("run", "cli")
          .whereLayer("job")
          .mayOnlyBeAccessedByLayers("run", "cli")
          .whereLayer("schedule")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("plan")
          .mayOnlyBeAccessedByLayers("schedule", "warehouse", "job", "run", "cli")
          .whereLayer("pipeline")
          .mayOnlyBeAccessedByLayers("schedule", "plan", "warehouse", "job", "run", "cli")
          .whereLayer("source")
          .mayOnlyBeAccessedByLayers("pipeline", "plan", "job", "run", "cli")
          .whereLayer("quality")
          .mayOnlyBeAccessedByLayers("source", "pipeline", "plan", "job", "run", "cli")
          .whereLayer("profile")
          .mayOnlyBeAccessedByLayers("job", "run", "cli")
          .whereLayer("learn")
          .mayOnlyBeAccessedByLayers("schedule", "pipeline", "plan", "job", "run", "cli")
          .whereLayer("aggregate")
          .mayOnlyBeAccessedByLayers(
              "profile", "learn", "quality", "source", "pipeline", "plan", "job", "run", "cli")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers(
              "learn",
              "aggregate",
              "quality",
              "source",
              "pipeline",
              "plan",
              "warehouse",
              "job",
              "run",
              "cli")
          .whereLayer("join")
          .mayOnlyBeAccessedByLayers("job", "run", "cli")
          .whereLayer("landing")
          .mayOnlyBeAccessedByLayers("warehouse", "run", "cli")
          .whereLayer("allreduce")
          .mayOnlyBeAccessedByLayers("job", "run")
          .whereLayer("sort")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("expression")
          .mayOnlyBeAccessedByLayers(
              "model", "aggregate", "quality", "source", "pipeline", "plan", "job", "run", "cli")
          .whereLayer("spec")
          .mayOnlyBeAccessedByLayers(
              "schedule",
              "row",
              "learn",
              "landing",
              "fixture",
              "expression",
              "model",
              "aggregate",
              "quality",
              "source",
              "pipeline",
              "plan",
              "job",
              "run",
              "cli");

  @ArchTest
  static final ArchRule noCircles =
      slices().matching("io.millrace.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule stepsDoNotImportOneAnother =
      slices()
          .matching("io.millrace.job.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              DescribedPredicate.alwaysTrue(),
              DescribedPredicate.describe(
                  "what all jobs need", type -> type.getPackageName().equals("io.millrace.job.io")))
          .ignoreDependency(
              DescribedPredicate.describe(
                  "what all jobs need", type -> type.getPackageName().equals("io.millrace.job.io")),
              DescribedPredicate.describe(
                  "how maps sort",
                  type -> type.getPackageName().equals("io.millrace.job.shuffle")));

  @ArchTest
  static final ArchRule theCoreKnowsNoHadoop =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hadoop..");

  @ArchTest
  static final ArchRule onePackageKnowsOozie =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.millrace.oozie..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.oozie..");

  @ArchTest
  static final ArchRule mapReduceIsForJobsAndTheirRunner =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.millrace.job..", "io.millrace.run..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hadoop.mapreduce..");

  @ArchTest
  static final ArchRule onlyTheCommandLinePrintsOrExits =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.millrace.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callCodeUnitWhere(
              DescribedPredicate.describe(
                  "System.exit",
                  (JavaCall<?> call) ->
                      call.getTargetOwner().isEquivalentTo(System.class)
                          && call.getName().equals("exit")));

  @ArchTest
  static final ArchRule nothingIsCalledUtil =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..common..", "..helper..", "..misc..")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper");

  @ArchTest
  static final ArchRule noStaticMutableState =
      classes()
          .should(
              new com.tngtech.archunit.lang.ArchCondition<>("have only final static fields") {
                @Override
                public void check(
                    com.tngtech.archunit.core.domain.JavaClass type,
                    com.tngtech.archunit.lang.ConditionEvents events) {
                  type.getFields().stream()
                      .filter(
                          field ->
                              field
                                      .getModifiers()
                                      .contains(
                                          com.tngtech.archunit.core.domain.JavaModifier.STATIC)
                                  && !field
                                      .getModifiers()
                                      .contains(
                                          com.tngtech.archunit.core.domain.JavaModifier.FINAL))
                      .forEach(
                          field ->
                              events.add(
                                  com.tngtech.archunit.lang.SimpleConditionEvent.violated(
                                      field, field.getFullName() + " is static and not final")));
                }
              });
}
