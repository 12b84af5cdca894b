package io.millrace.schedule.oozie;

import io.millrace.plan.StageId;
import io.millrace.schedule.Block;
import io.millrace.schedule.Step;
import io.millrace.spec.ScheduleSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A workflow: an action a step, a decision behind it on what it has said of itself, a fork and a
 * join around what runs side by side.
 *
 * @param title what a mail calls it: {@code the night}
 * @param what what it says of itself in the beginning
 * @param mayLackModel whether steps may say that there is no version of the model yet
 * @param looks whether its first step, which waits, is left out where there is nothing to wait for
 * @param spec where the pipeline's file lies in the application
 * @param settings what stands for the values of its placeholders
 */
record Workflow(
    String pipeline,
    String title,
    String what,
    Block work,
    boolean mayLackModel,
    boolean looks,
    String spec,
    SortedMap<String, String> settings,
    ScheduleSpec schedule) {
  private static final String MAIN_CLASS = "io.millrace.cli.OozieAction";
  private static final String MAIL = "mail";
  private static final String FAILED = "failed";
  private static final String END = "end";
  private static final String LANDED = "landed";
  private static final String FORK = "side-by-side";
  private static final String JOIN = "together";
  private static final String NO_MODEL =
      "As long as there is no version of the model, a night is done without its scores.";

  private static final String HOW =
      "An action runs the command that a person would type behind `millrace`. Oozie knows only zero and non-zero: a failure"
          + " that can pass is thrown, and tried again (retry-max, and retry-interval in minutes); anything else ends an action"
          + " in good order. It hands back its state and counts, and the decision behind it goes on where the state is `done`."
          + " What runs side by side is not ended by the failure of one branch: what went wrong is seen where they meet.";

  String render() {
    XmlWriter xml = new XmlWriter();
    xml.comment(what + "\n\n" + HOW)
        .open("workflow-app", "name", pipeline + "-${date}", "xmlns", "uri:oozie:workflow:1.0")
        .blank();
    global(xml);
    new Nodes(xml).all();
    return xml.close().end();
  }

  private void global(XmlWriter xml) {
    xml.open("global")
        .element("resource-manager", "${resourceManager}")
        .element("name-node", "${nameNode}");
    if (schedule.queue().isPresent()) {
      xml.comment("Of the launchers, and of the jobs that they submit.")
          .open("launcher")
          .element("queue", "${queue}")
          .close()
          .open("configuration")
          .property("mapreduce.job.queuename", "${queue}")
          .close();
    }
    xml.close().blank();
  }

  private List<Step> steps() {
    return work.steps().toList();
  }

  /** Where it goes on after a failure that is outside of all forks. */
  private String failure() {
    return schedule.mail().isEmpty() ? FAILED : MAIL;
  }

  /** The nodes, one after the other. */
  private final class Nodes {
    private final XmlWriter xml;

    Nodes(XmlWriter xml) {
      this.xml = xml;
    }

    void all() {
      Step first = steps().get(0);
      xml.empty("start", "to", looks ? LANDED : start(work)).blank();
      if (looks) {
        landed(first, steps().get(1));
      }
      block(work, END, failure());
      if (!schedule.mail().isEmpty()) {
        mail();
      }
      kill();
      xml.empty("end", "name", END);
    }

    /** Where there is nothing at all, there is nothing to wait for either. */
    private void landed(Step await, Step next) {
      xml.comment(
          "Is anything there? The coordinator has waited for it. If so, has it all landed? Its producer leaves no sign"
              + " of that, so the first action waits until nothing has changed for a while.");
      decision(LANDED, "${fs:exists(input)}", await.id(), next.id());
    }

    private void block(Block block, String next, String failure) {
      // Java 17 has no patterns in switch
      if (block instanceof Block.One one) {
        step(one.step(), next, next, failure);
      } else if (block instanceof Block.Sequence sequence) {
        List<Block> blocks = sequence.blocks();
        for (int number = 0; number < blocks.size() - 1; number++) {
          step(blocks.get(number), start(blocks.get(number + 1)), next, failure);
        }
        block(blocks.get(blocks.size() - 1), next, failure);
      } else if (block instanceof Block.Parallel parallel) {
        parallel(parallel, next, failure);
      }
    }

    /** A block within a sequence. */
    private void step(Block block, String next, String behind, String failure) {
      if (block instanceof Block.One one) {
        step(one.step(), next, behind, failure);
      } else {
        block(block, next, failure);
      }
    }

    /**
     * A step.
     *
     * @param behind where it goes on without a model: behind all that needs one
     */
    private void step(Step step, String next, String behind, String failure) {
      if (next.equals(failure)) {
        action(step, next, failure);
        return;
      }
      String decision = step.id() + "-done";
      action(step, decision, failure);
      if (mayLackModel(step) && !behind.equals(failure)) {
        xml.comment(NO_MODEL);
        openDecision(decision)
            .element("case", "${" + isDone(step) + "}", "to", next)
            .element("case", "${" + isLacking(step) + "}", "to", behind);
        closeDecision(failure);
      } else {
        decision(decision, "${" + isDone(step) + "}", next, failure);
      }
    }

    private void parallel(Block.Parallel parallel, String next, String failure) {
      String fork = name(FORK, parallel);
      String join = name(JOIN, parallel);
      xml.open("fork", "name", fork);
      parallel.blocks().forEach(block -> xml.empty("path", "start", start(block)));
      xml.close().blank();
      parallel.blocks().forEach(block -> block(block, join, join));
      boolean meets = next.equals(failure);
      String decision = join + "-done";
      xml.empty("join", "name", join, "to", meets ? next : decision).blank();
      if (!meets) {
        if (parallel.steps().anyMatch(Workflow.this::mayLackModel)) {
          xml.comment(NO_MODEL);
        }
        decision(decision, areDone(parallel), next, failure);
      }
    }

    private void action(Step step, String next, String failure) {
      String retries = String.valueOf(schedule.retries());
      String pause = String.valueOf(schedule.retryEvery().toMinutes());
      xml.open("action", "name", step.id(), "retry-max", retries, "retry-interval", pause)
          .open("java")
          .element("main-class", MAIN_CLASS);
      List<String> arguments =
          step.arguments("${app}/" + Expressions.literal(spec), settings, "${date}");
      for (int number = 0; number < arguments.size(); number++) {
        String argument = arguments.get(number);
        if (argument.startsWith("--") && number + 1 < arguments.size()) {
          xml.pair("arg", argument, arguments.get(++number));
        } else {
          xml.element("arg", argument);
        }
      }
      xml.empty("capture-output")
          .close()
          .empty("ok", "to", next)
          .empty("error", "to", failure)
          .close();
      if (next.equals(failure)) {
        xml.blank();
      }
    }

    private void decision(String name, String condition, String then, String otherwise) {
      openDecision(name).element("case", condition, "to", then);
      closeDecision(otherwise);
    }

    private XmlWriter openDecision(String name) {
      return xml.open("decision", "name", name).open("switch");
    }

    private void closeDecision(String otherwise) {
      xml.empty("default", "to", otherwise).close().close().blank();
    }

    private void mail() {
      String lines =
          steps().stream()
              .map(
                  step ->
                      "%s: ${%s} ${%s}${wf:errorMessage('%s')}\n"
                          .formatted(
                              step.id(),
                              Expressions.data(step.id(), "state"),
                              Expressions.data(step.id(), "reason"),
                              step.id()))
              .collect(Collectors.joining());
      xml.comment(
              "Which steps are done, and what the others say. CDATA, since what went wrong may hold signs of XML.")
          .open("action", "name", MAIL)
          .open("email", "xmlns", "uri:oozie:email-action:0.2")
          .element("to", "${mailTo}")
          .element("subject", "%s: %s of ${date} has failed".formatted(pipeline, title))
          .verbatim("body", lines + "\nWorkflow ${wf:id()}")
          .close()
          .empty("ok", "to", FAILED)
          .empty("error", "to", FAILED)
          .close()
          .blank();
    }

    private void kill() {
      String reasons =
          steps().stream()
              .map(
                  step ->
                      "${%s}${wf:errorMessage('%s')}"
                          .formatted(Expressions.data(step.id(), "reason"), step.id()))
              .collect(Collectors.joining(" "));
      xml.comment(
              "Says stage, date and reason: of steps that have failed, others have nothing to say.")
          .open("kill", "name", FAILED)
          .element("message", reasons)
          .close()
          .blank();
    }
  }

  /** The node at which a block begins. */
  private String start(Block block) {
    if (block instanceof Block.One one) {
      return one.step().id();
    }
    return block instanceof Block.Sequence sequence
        ? start(sequence.blocks().get(0))
        : name(FORK, (Block.Parallel) block);
  }

  /** The name of a fork or join; from the second on with a number. */
  private String name(String kind, Block.Parallel parallel) {
    int number = parallels(work).toList().indexOf(parallel) + 1;
    return number == 1 ? kind : kind + "-" + number;
  }

  private static Stream<Block.Parallel> parallels(Block block) {
    if (block instanceof Block.Parallel parallel) {
      return Stream.concat(
          Stream.of(parallel), parallel.blocks().stream().flatMap(Workflow::parallels));
    }
    return block instanceof Block.Sequence sequence
        ? sequence.blocks().stream().flatMap(Workflow::parallels)
        : Stream.of();
  }

  /** Whether all branches have come to their ends. */
  private String areDone(Block.Parallel parallel) {
    List<String> conditions = new ArrayList<>();
    parallel
        .lastSteps()
        .forEach(
            last ->
                conditions.add(
                    mayLackModel(last)
                        ? steps().stream()
                            .filter(this::mayLackModel)
                            .map(Workflow::isLacking)
                            .collect(Collectors.joining(" or ", "(" + isDone(last) + " or ", ")"))
                        : isDone(last)));
    return "${" + String.join(" and ", conditions) + "}";
  }

  private static String isDone(Step step) {
    return Expressions.data(step.id(), "state") + " eq 'done'";
  }

  private static String isLacking(Step step) {
    return Expressions.data(step.id(), "state") + " eq 'no_model'";
  }

  /** Scores need a model, and so does the join, which brings together what the model reads. */
  private boolean mayLackModel(Step step) {
    return mayLackModel
        && (step.equals(new Step.OfStage(StageId.join()))
            || step.equals(new Step.OfStage(StageId.score())));
  }
}
