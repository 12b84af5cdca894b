package io.millrace.plan;

import java.util.Optional;

/** Something that has changed since a partition was made. */
public sealed interface Change {
  /** The whole of it for a person. */
  String text();

  /** The same with long expressions cut to the place where they differ. */
  default String shortText() {
    return text();
  }

  /** The column whose values alone it touches, or empty where it touches all. */
  default Optional<String> column() {
    return Optional.empty();
  }

  /** The stage itself makes other bytes than it did. */
  record Version(int before, int now) implements Change {
    @Override
    public String text() {
      return "made by version %d of this stage, which is now at version %d".formatted(before, now);
    }
  }

  /**
   * A piece of the spec.
   *
   * @param part its place, such as {@code rules.amount_in_range}
   * @param before empty where it is new
   * @param now empty where it was taken out
   */
  record Part(Optional<String> column, String part, Optional<String> before, Optional<String> now)
      implements Change {
    private static final Optional<String> NONE = Optional.of("none");

    @Override
    public String text() {
      return text(before, now);
    }

    @Override
    public String shortText() {
      if (before.isPresent() && now.isPresent()) {
        return text(
            Optional.of(Excerpt.of(before.get(), now.get())),
            Optional.of(Excerpt.of(now.get(), before.get())));
      }
      return text(before.map(Excerpt::of), now.map(Excerpt::of));
    }

    private String text(Optional<String> old, Optional<String> present) {
      if (old.isEmpty()) {
        return "%s is new: `%s`".formatted(part, present.orElse(""));
      }
      if (part.equals("source.lateness") && (old.equals(NONE) || present.equals(NONE))) {
        return "source.lateness was `%s`, is `%s` (on the first date, source.from, there is none)"
            .formatted(old.get(), present.orElse(""));
      }
      return present
          .map(text -> "%s was `%s`, is `%s`".formatted(part, old.get(), text))
          .orElseGet(() -> "%s was taken out: `%s`".formatted(part, old.get()));
    }
  }

  /**
   * A column that the partition does not have, or has no longer.
   *
   * @param name of the column
   * @param added whether it came; else it was taken out
   * @param meaning its expression, where it has one
   */
  record ColumnSet(String name, boolean added, Optional<String> meaning) implements Change {
    @Override
    public String text() {
      return text(meaning);
    }

    @Override
    public String shortText() {
      return text(meaning.map(Excerpt::of));
    }

    private String text(Optional<String> shown) {
      return "column %s was %s%s"
          .formatted(
              name, added ? "added" : "taken out", shown.map(": `%s`"::formatted).orElse(""));
    }

    /** Its name, with its meaning where that is known. */
    String shown() {
      return name + meaning.map(Excerpt::of).map(" (`%s`)"::formatted).orElse("");
    }

    @Override
    public Optional<String> column() {
      return Optional.of(name);
    }
  }

  /** What lies outside the warehouse, such as a model's file. */
  record Outside(String name) implements Change {
    @Override
    public String text() {
      return name + " changed";
    }
  }

  /** The version of a registered model. */
  record Model(String before, String now) implements Change {
    @Override
    public String text() {
      return "the version of the model was `%s`, is `%s`".formatted(before, now);
    }
  }

  /** A model without which it cannot be made. */
  record NoModel(String text) implements Change {}

  /**
   * A raw file.
   *
   * @param what happened to it: {@code is new}, {@code is gone}, {@code changed}
   */
  record RawInput(String file, FileChange what) implements Change {
    @Override
    public String text() {
      return "raw/%s %s".formatted(file, what.text);
    }

    /** What happened to a file. */
    public enum FileChange {
      NEW("is new"),
      GONE("is gone"),
      CHANGED("changed");

      private final String text;

      FileChange(String text) {
        this.text = text;
      }
    }
  }

  /**
   * Raw input that should be there.
   *
   * @param text what is found instead
   */
  record NoRawInput(String text) implements Change {}

  /** What decides whether a stage is needed. */
  record Condition(String text) implements Change {}

  /** A partition that is read and has to be made first. */
  record NotReady(Reason why) implements Change {
    @Override
    public String text() {
      return why.toString();
    }

    @Override
    public String shortText() {
      return why.shortText();
    }
  }

  /** A partition that is read: what became of it, where its own changes do not tell. */
  enum Input implements Change {
    NEW("it is read now and was not"),
    GONE("it is no longer read"),
    CHANGED("it is no longer what it was then");

    private final String text;

    Input(String text) {
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }
  }

  /** Other columns of the same inputs are read. */
  record OtherColumns() implements Change {
    @Override
    public String text() {
      return "made from other columns of its inputs";
    }
  }
}
