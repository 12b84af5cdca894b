#!/usr/bin/env python3
"""Writes reference.json, the values that ReferenceMetricsTest expects (Debian: apt-get install python3-sklearn).

    python3 reference.py > reference.json
"""
import json
import random

import numpy
import sklearn
from sklearn import metrics


def binary(name, labels, scores, weights):
    y, s, w = numpy.array(labels), numpy.array(scores), numpy.array(weights)
    found = (s >= 0.5).astype(int)
    tn, fp, fn, tp = metrics.confusion_matrix(y, found, labels=[0, 1], sample_weight=w).ravel()
    expected = {
        "average_precision": metrics.average_precision_score(y, s, sample_weight=w),
        "log_loss": metrics.log_loss(y, s, labels=[0, 1], sample_weight=w),
        "brier": metrics.brier_score_loss(y, s, sample_weight=w, pos_label=1),
        "label_mean": numpy.average(y, weights=w),
        "score_mean": numpy.average(s, weights=w),
        "true_positives": tp, "false_positives": fp, "true_negatives": tn, "false_negatives": fn,
        "recall": metrics.recall_score(y, found, sample_weight=w),
        "f1": metrics.f1_score(y, found, sample_weight=w),
        "accuracy": metrics.accuracy_score(y, found, sample_weight=w),
    }
    if found.any():
        expected["precision"] = metrics.precision_score(y, found, sample_weight=w)
    if 0 < y.sum() < len(y):
        expected["auc"] = metrics.roc_auc_score(y, s, sample_weight=w)
    return {"name": name, "labels": labels, "scores": scores, "weights": weights,
            "expected": {key: float(value) for key, value in expected.items()}}


def numbers(name, labels, scores, weights, deviance):
    y, s, w = numpy.array(labels), numpy.array(scores), numpy.array(weights)
    power = 1 if deviance == "poisson" else 0
    expected = {
        "rmse": metrics.mean_squared_error(y, s, sample_weight=w) ** 0.5,
        "mae": metrics.mean_absolute_error(y, s, sample_weight=w),
        "r2": metrics.r2_score(y, s, sample_weight=w),
        "bias": numpy.average(s - y, weights=w),
        "label_mean": numpy.average(y, weights=w),
        "score_mean": numpy.average(s, weights=w),
        "deviance": metrics.mean_tweedie_deviance(y, s, power=power, sample_weight=w),
    }
    return {"name": name, "labels": labels, "scores": scores, "weights": weights, "deviance": deviance,
            "expected": {key: float(value) for key, value in expected.items()}}


def classes(name, names, labels, probabilities, weights):
    y, p, w = numpy.array(labels), numpy.array(probabilities), numpy.array(weights)
    found = numpy.array(names)[p.argmax(axis=1)]
    areas = [metrics.roc_auc_score(y == each, p[:, i], sample_weight=w) for i, each in enumerate(names)]
    expected = {
        "log_loss": metrics.log_loss(y, p, labels=names, sample_weight=w),
        "accuracy": metrics.accuracy_score(y, found, sample_weight=w),
        "auc": numpy.mean(areas),
    }
    if (w == 1).all():
        assert abs(expected["auc"] - metrics.roc_auc_score(y, p, multi_class="ovr", labels=names)) < 1e-12
    return {"name": name, "classes": names, "labels": labels, "probabilities": probabilities,
            "weights": weights, "expected": {key: float(value) for key, value in expected.items()},
            "areas": [float(area) for area in areas],
            "confusion": metrics.confusion_matrix(y, found, labels=names, sample_weight=w).tolist()}


def drawn(draw, rows, digits, weights):
    """Scores that tell a little about labels, rounded so that many are the same."""
    labels, scores = [], []
    for _ in range(rows):
        label = int(draw.random() < 0.3)
        labels.append(label)
        scores.append(round(min(1.0, max(0.0, draw.gauss(0.35 + 0.25 * label, 0.2))), digits))
    return labels, scores, [draw.choice(weights) for _ in range(rows)]


def main():
    draw = random.Random(20261126)
    ones = [1.0]
    cases = [
        binary("few rows", [1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], [1.0] * 4),
        binary("ties", *drawn(draw, 200, 1, ones)),
        binary("no ties", *drawn(draw, 200, 15, ones)),
        binary("weights", *drawn(draw, 200, 2, [1.0, 10.0, 0.5])),
        binary("weights that are no binary fractions", *drawn(draw, 200, 2, [1.0, 10.0 / 3, 0.1])),
        binary("constant scores", [1, 0, 0, 1, 0], [0.3] * 5, [1.0, 2.0, 1.0, 1.0, 1.0]),
        binary("only true", [1, 1, 1], [0.3, 0.6, 0.6], [1.0, 2.0, 1.0]),
        binary("certain and wrong", [1, 0, 1, 0], [0.0, 1.0, 1.0, 0.0], [1.0, 1.0, 3.0, 1.0]),
    ]
    number_cases = []
    for name, deviance, spread in [("counts", "poisson", 1.0), ("amounts", "gaussian", 1000.0)]:
        scores = [round(abs(draw.gauss(0, spread)) + 0.1, 3) for _ in range(100)]
        labels = [float(max(0, round(score + draw.gauss(0, spread / 3)))) for score in scores]
        number_cases.append(numbers(name, labels, scores, [draw.choice([1.0, 4.0]) for _ in scores], deviance))
    far = [1e9 + draw.random() for _ in range(50)]
    number_cases.append(numbers("far from zero", far, [y + draw.gauss(0, 0.1) for y in far], [1.0] * 50, "gaussian"))
    names = ["blue", "green", "red"]
    class_cases = []
    for name, weights in [("classes", [1.0]), ("classes with weights", [1.0, 5.0])]:
        labels, probabilities = [], []
        for _ in range(120):
            label = draw.choice(names)
            raw = [round(draw.random() + (each == label), 1) + 0.05 for each in names]
            labels.append(label)
            probabilities.append([value / sum(raw) for value in raw])
        class_cases.append(classes(name, names, labels, probabilities, [draw.choice(weights) for _ in labels]))
    kinds = {"binary": cases, "numbers": number_cases, "classes": class_cases}
    print('{"scikit-learn": "%s"' % sklearn.__version__)
    for kind, some in kinds.items():
        print(', "%s": [' % kind + ",\n".join(
            "\n{" + ",\n".join("  %s: %s" % (json.dumps(key), json.dumps(value)) for key, value in case.items()) + "}"
            for case in some) + "]")
    print("}")


main()
