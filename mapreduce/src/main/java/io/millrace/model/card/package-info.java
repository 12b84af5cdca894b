/**
 * What is known of a registered model: its {@link io.millrace.model.card.ModelCard}, which lies
 * beside the ONNX file and says from what and how it was made and how good it is, and the {@link
 * io.millrace.model.card.ModelVersions} there are, with the rule which of them scores a date.
 */
@NullMarked
package io.millrace.model.card;

import org.jspecify.annotations.NullMarked;
