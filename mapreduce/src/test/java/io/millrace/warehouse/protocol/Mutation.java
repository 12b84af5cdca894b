package io.millrace.warehouse.protocol;

/** What one might get wrong, or think that it can be left out. */
enum Mutation {
  /** The main data set goes first to its place. */
  MAIN_FIRST,
  /** The old partition is deleted in its place. */
  DELETE_OLD,
  /** The manifest is written when the partition is in place. */
  MANIFEST_LAST,
  /** What the job wrote is published from where it wrote it. */
  PUBLISH_WHERE_JOBS_WRITE,
  /** What others have left is settled before the lease is taken. */
  SETTLE_BEFORE_TAKING,
  /** The work of others is settled where it lies. */
  SETTLE_IN_PLACE,
  /** The work of others is renamed to {@code dt=D.dead} before it is settled. */
  TAKE_TO_DEAD,
  /** The work of others is renamed to {@code dt=D.<settler>} before it is settled. */
  TAKE_TO_SUFFIX,
  /** What a dead settler had taken is deleted with its work, and not settled. */
  FORGET_NESTED,
  /** A lease is taken over by deleting the holder's file and writing one's own. */
  TAKE_OVER_BY_DELETE,
  /** After it has taken over, a run makes its own folder in the lease. */
  WRITE_INTO_LEASE,
  /** Who holds the lease makes whatever folders its work lacks. */
  ENTER_WITH_PARENTS,
  /** A holder whose work was swept makes it again, and keeps the lease. */
  REMAKE_WHILE_HOLDING,
  /** The lease is released file by file, and a holder without its file is taken for dead. */
  RELEASE_FILE_BY_FILE,
  /** The lease is released with whatever stands in it. */
  RELEASE_ALL,
  /** The other data sets are undone before the main one. */
  UNDO_MAIN_LAST,
  /** Published is what names the run, wherever its work lies. */
  TRUST_THE_NAME
}
