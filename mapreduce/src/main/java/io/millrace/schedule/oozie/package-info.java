/**
 * A scheduled pipeline as an application of Apache Oozie: text in, text out. A night is an action
 * of a coordinator, which waits for data and then runs a workflow; a workflow runs a {@code <java>}
 * action for each step, with the arguments that a person would type. What an action says of itself
 * comes back as action data: Oozie itself knows only zero and non-zero.
 */
@NullMarked
package io.millrace.schedule.oozie;

import org.jspecify.annotations.NullMarked;
