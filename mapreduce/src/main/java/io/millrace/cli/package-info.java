/** Talks to people: commands, progress, tables, exit codes. The only place that prints or exits. */
package io.millrace.cli;
