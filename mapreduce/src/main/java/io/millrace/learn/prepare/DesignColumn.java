package io.millrace.learn.prepare;

/**
 * A column of the design matrix.
 *
 * @param name unique, for a person: {@code amount}, {@code amount is missing}, {@code channel=web},
 *     {@code hour in [4, 8)}
 * @param input the column that it is made of
 */
public record DesignColumn(String name, String input) {}
