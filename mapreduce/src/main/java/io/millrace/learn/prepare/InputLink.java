package io.millrace.learn.prepare;

import org.jspecify.annotations.Nullable;

/**
 * How one input alone goes with the label, over the training rows. What cannot be told is null: an
 * input that is NULL everywhere, fewer than 20 rows of a class, texts that are too many.
 *
 * @param auc of the input's order, whichever way round: from 0.5 to 1. Of text, the order of its
 *     values' shares of the class, those in fewer than 10 rows taken together. Of several classes,
 *     that of the one that is told from the others best. Rows where a number is NULL are left out;
 *     NULL text is the empty text
 * @param aucClass the class that {@code auc} is of
 * @param nullAuc of whether it is NULL, whichever way round
 * @param correlation Pearson's, with a label that is a number, from -1 to 1
 */
public record InputLink(
    String input,
    @Nullable Double auc,
    @Nullable String aucClass,
    @Nullable Double nullAuc,
    @Nullable Double correlation) {}
