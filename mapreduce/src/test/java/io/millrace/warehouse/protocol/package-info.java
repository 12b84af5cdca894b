/**
 * The protocol of leases and commits as a model that is searched exhaustively. Read {@link
 * io.millrace.warehouse.protocol.Taking}, {@link io.millrace.warehouse.protocol.Settling}, {@link
 * io.millrace.warehouse.protocol.Publishing} and {@link io.millrace.warehouse.protocol.Leaving} in
 * this order: each record there is one call to the file system and what comes of it. {@link
 * io.millrace.warehouse.protocol.Promises} says what must hold in every state, {@link
 * io.millrace.warehouse.protocol.World} what can happen at any moment, and {@link
 * io.millrace.warehouse.protocol.Mutation} what one might get wrong.
 *
 * <p>A crash needs no step of its own: a run that is never chosen again is dead, one that is chosen
 * late has slept. A reader needs none either: what it would see is checked in every state.
 */
package io.millrace.warehouse.protocol;
