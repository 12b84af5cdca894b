/**
 * What has to run, and why: a pure function of the bound pipeline and of facts about the warehouse
 * to an immutable plan. Reading those facts and carrying out the plan is somebody else's job.
 */
@NullMarked
package io.millrace.plan;

import org.jspecify.annotations.NullMarked;
