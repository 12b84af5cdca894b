/**
 * The bytes of an input format become rows. A {@link io.millrace.source.LineDecoder} is the room
 * where formats of one record a line move in; CSV is the first. A record that cannot be read is
 * rejected with a rule and a reason and never takes its neighbours with it.
 */
@NullMarked
package io.millrace.source;

import org.jspecify.annotations.NullMarked;
