#!/usr/bin/python3
"""What scikit-learn learns of the adult data set, for AdultPreparationTest.

apt-get install python3-sklearn python3-pandas
/usr/bin/python3 reference.py <folder of adult-train.csv> > reference.json

hours_per_week counts as NULL where workclass is `?`, so that there is something to impute.
"""

import json
import sys

import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import KBinsDiscretizer, OneHotEncoder, OrdinalEncoder, StandardScaler

NAMES = [
    "age", "workclass", "fnlwgt", "education", "education_num", "marital_status", "occupation",
    "relationship", "race", "sex", "capital_gain", "capital_loss", "hours_per_week",
    "native_country", "income"]

table = pd.read_csv(
    sys.argv[1] + "/adult-train.csv", header=None, names=NAMES, skipinitialspace=True)
label = (table["income"] == ">50K").to_numpy()
hours = table["hours_per_week"].to_numpy(float)
hours[table["workclass"] == "?"] = np.nan


def column(values):
    return np.asarray(values, float).reshape(-1, 1)


def scaled(values):
    scaler = StandardScaler().fit(column(values))
    return {"mean": scaler.mean_[0], "deviation": scaler.scale_[0]}


def imputed(strategy):
    imputer = SimpleImputer(strategy=strategy).fit(column(hours))
    return {"value": imputer.statistics_[0], **scaled(imputer.transform(column(hours)))}


def edges(values, bins):
    fitted = KBinsDiscretizer(bins, encode="onehot", strategy="quantile").fit(column(values))
    return fitted.bin_edges_[0][1:-1].tolist()


def clipped(name, low, high):
    values = table[name].to_numpy(float)
    bounds = np.quantile(values, [low, high])
    return {
        "low": bounds[0], "high": bounds[1],
        **scaled(np.log1p(np.clip(values, bounds[0], bounds[1])))}


def one_hot(name, min_count):
    encoder = OneHotEncoder(min_frequency=min_count, handle_unknown="infrequent_if_exist")
    matrix = encoder.fit_transform(table[[name]])
    frequent = set(encoder.categories_[0]) - set(encoder.infrequent_categories_[0])
    return {"values": sorted(frequent), "counts": matrix.sum(axis=0).A1.tolist()}


def auc(values):
    found = roc_auc_score(label, values)
    return max(found, 1 - found)


def auc_by_share(name):
    share = pd.Series(label).groupby(table[name]).mean()
    return auc(table[name].map(share))


json.dump({
    "rows": len(table),
    "hours_mean": imputed("mean"),
    "hours_median": imputed("median"),
    "age_scaled": scaled(table["age"]),
    "fnlwgt_scaled": scaled(table["fnlwgt"]),
    "fnlwgt_log_scaled": scaled(np.log1p(table["fnlwgt"])),
    "fnlwgt_bounds": np.quantile(table["fnlwgt"], [0.01, 0.99]).tolist(),
    "capital_loss_clipped": clipped("capital_loss", 0.0, 0.99),
    "age_edges": edges(table["age"], 6),
    "hours_edges": edges(hours[~np.isnan(hours)], 10),
    "country": one_hot("native_country", 100),
    "education": OrdinalEncoder().fit(table[["education"]]).categories_[0].tolist(),
    "auc": {
        "age": auc(table["age"]), "capital_gain": auc(table["capital_gain"]),
        "fnlwgt": auc(table["fnlwgt"]), "relationship": auc_by_share("relationship")},
}, sys.stdout, indent=1)
print()
