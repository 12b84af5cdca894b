/** What goes wrong in tasks on purpose; travels to their containers in a jar of its own. */
package io.millrace.faults;
