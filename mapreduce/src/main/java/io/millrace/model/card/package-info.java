/** What is known of a model beside its file: how it was made, what it takes, how good it is. */
@NullMarked
package io.millrace.model.card;

import org.jspecify.annotations.NullMarked;
