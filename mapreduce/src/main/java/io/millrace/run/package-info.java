/**
 * Carries out a plan: stage after stage, each a job whose output is checked and published, with a
 * record of the run. Says what it does to a listener; never prints.
 */
package io.millrace.run;
