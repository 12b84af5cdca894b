/**
 * Writing models: an ONNX graph, node by node. {@link io.millrace.model} reads such files and runs
 * them.
 */
@NullMarked
package io.millrace.model.graph;

import org.jspecify.annotations.NullMarked;
