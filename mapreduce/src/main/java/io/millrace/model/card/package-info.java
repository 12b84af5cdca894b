/**
 * What is known of a model beside its file: its {@link io.millrace.model.card.ModelCard}, which
 * says from what and how it was made, what it takes and how good it is, and the {@link
 * io.millrace.model.card.ModelVersions} there are, with the rule which of them scores a date.
 */
@NullMarked
package io.millrace.model.card;

import org.jspecify.annotations.NullMarked;
