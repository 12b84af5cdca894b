/**
 * When the input of a date is all there: what is seen of it, look after look, and what follows from
 * that. Knows no file system; the clock that files are stamped by and the one that a waiting
 * process goes by are never compared.
 */
@NullMarked
package io.millrace.landing;

import org.jspecify.annotations.NullMarked;
