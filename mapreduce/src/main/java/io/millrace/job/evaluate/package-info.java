/**
 * Measures models on the training rows, in one job. The mapper scores rows and adds up what can be
 * added; scores themselves travel as keys that sort highest first, so that the reducer measures
 * them as they come and keeps none. With some of the test rows, the mapper also scores what becomes
 * of them when the values of an input are shuffled.
 */
package io.millrace.job.evaluate;
