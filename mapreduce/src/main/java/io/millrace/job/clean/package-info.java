/**
 * The clean step: map parses, repairs, derives and checks; the shuffle brings records of one key
 * together; reduce keeps one. What fails goes the same way under keys of its own, so that the
 * quarantine too has the same bytes whatever the number of splits.
 */
package io.millrace.job.clean;
