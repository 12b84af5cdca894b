/**
 * What a model is: an ONNX graph with named inputs and outputs. {@link
 * io.millrace.model.ModelSignature} reads them from the file alone, {@link
 * io.millrace.model.ModelBinder} says which column feeds which input and which output is the score,
 * and {@link io.millrace.model.ModelSession} runs batches of rows through ONNX Runtime.
 */
@NullMarked
package io.millrace.model;

import org.jspecify.annotations.NullMarked;
