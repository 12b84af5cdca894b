/**
 * Talks to an Oozie server: puts an application on the cluster's file system, submits it, and reads
 * how its nights are getting on. What Oozie answers comes out as plain records with Oozie's own
 * words; nothing else knows Oozie's classes.
 */
package io.millrace.oozie;
