/**
 * How models are learnt: which dates make the training set and how it is split; below it
 * preparation, losses and optimisers, trees and metrics. Pure: who adds up rows, and where, is
 * somebody else's.
 */
@NullMarked
package io.millrace.learn;

import org.jspecify.annotations.NullMarked;
