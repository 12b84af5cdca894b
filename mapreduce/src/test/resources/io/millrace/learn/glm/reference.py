"""Makes reference.json: what scikit-learn fits to public data sets, with solvers that converge.

    python3 reference.py <folder of the data sets> > reference.json

Made with Debian 12's python3-sklearn (1.2.1). Of each data set the first columns of the design are numbers, standardised
with the deviation of the population, then comes one column for each value of each text, in the order of the bytes.
Objective: sum of weight * loss + l1 * |coefficients| + l2 / 2 * coefficients^2, intercepts free.
"""

import json
import sys
import warnings

import numpy as np
from sklearn.linear_model import ElasticNet, LogisticRegression, PoissonRegressor, Ridge

ADULT = {
    "file": "adult/adult-train.csv",
    "separator": ",",
    "names": "age workclass fnlwgt education education_num marital_status occupation relationship race sex capital_gain "
    "capital_loss hours_per_week native_country income".split(),
}
BANK = {"file": "bank_marketing/bank-additional/bank-additional-full.csv", "separator": ";", "names": []}
TELCO = {"file": "telco_churn/Telco-Customer-Churn.csv", "separator": ",", "names": []}

ADULT_NUMBERS = ["age", "fnlwgt", "education_num", "capital_gain", "capital_loss", "hours_per_week"]
ADULT_TEXTS = ["workclass", "education", "marital_status", "occupation", "relationship", "race", "sex", "native_country"]
BANK_NUMBERS = ["age", "campaign", "pdays", "previous", "emp.var.rate", "cons.price.idx", "cons.conf.idx", "euribor3m", "nr.employed"]
BANK_TEXTS = ["job", "marital", "education", "default", "housing", "loan", "contact", "month", "day_of_week", "poutcome"]
TELCO_NUMBERS = ["tenure", "MonthlyCharges", "TotalCharges"]
TELCO_TEXTS = (
    "gender SeniorCitizen Partner Dependents PhoneService MultipleLines InternetService OnlineSecurity OnlineBackup "
    "DeviceProtection TechSupport StreamingTV StreamingMovies Contract PaperlessBilling PaymentMethod"
).split()

# name, data, numbers, texts, family, label, value of the label that is 1, weight of the rows that are 1, l1, l2
FITS = [
    ("adult logistic", ADULT, ADULT_NUMBERS, ADULT_TEXTS, "LOGISTIC", "income", ">50K", 1, 0, 1),
    ("adult weighted", ADULT, ADULT_NUMBERS, ADULT_TEXTS, "LOGISTIC", "income", ">50K", 3, 0, 10),
    ("adult classes", ADULT, ADULT_NUMBERS, ["workclass", "education", "sex"], "MULTINOMIAL", "relationship", "", 1, 0, 1),
    ("bank logistic", BANK, BANK_NUMBERS, BANK_TEXTS, "LOGISTIC", "y", "yes", 1, 0, 0.5),
    ("bank ridge", BANK, BANK_NUMBERS[1:], BANK_TEXTS, "LINEAR", "age", "", 1, 0, 2),
    ("bank poisson", BANK, BANK_NUMBERS[:1] + BANK_NUMBERS[2:], BANK_TEXTS, "POISSON", "campaign", "", 1, 0, 1),
    ("bank elastic net", BANK, BANK_NUMBERS[1:], BANK_TEXTS, "LINEAR", "age", "", 1, 400, 50),
    ("telco logistic", TELCO, TELCO_NUMBERS, TELCO_TEXTS, "LOGISTIC", "Churn", "Yes", 1, 0, 1),
    ("telco elastic net", TELCO, TELCO_NUMBERS, TELCO_TEXTS, "LOGISTIC", "Churn", "Yes", 1, 10, 1),
    ("telco almost lasso", TELCO, TELCO_NUMBERS, TELCO_TEXTS, "LOGISTIC", "Churn", "Yes", 1, 20, 0.05),
    ("telco classes", TELCO, TELCO_NUMBERS, [t for t in TELCO_TEXTS if t != "Contract"], "MULTINOMIAL", "Contract", "", 1, 0, 0.1),
]


def rows_of(folder, data):
    names, rows = list(data["names"]), []
    with open(f"{folder}/{data['file']}", encoding="utf-8") as lines:
        for line in lines:
            fields = [field.strip().strip('"') for field in line.strip().split(data["separator"])]
            if not names:
                names = fields
            elif len(fields) == len(names):
                rows.append(dict(zip(names, fields)))
    return rows


def design(rows, numbers, texts):
    columns, names = [], []
    for name in numbers:
        values = np.array([float(row[name] or 0) for row in rows])
        columns.append((values - values.mean()) / values.std())
        names.append(name)
    for name in texts:
        for value in sorted({row[name] for row in rows}):
            columns.append(np.array([1.0 if row[name] == value else 0.0 for row in rows]))
            names.append(f"{name}={value}")
    return np.column_stack(columns), names


def fit(family, x, y, weights, l1, l2):
    if family == "LOGISTIC" and l1 == 0:
        # a C of 1/l2 and sums of rows: the objective as it is
        return LogisticRegression(C=1 / l2, solver="newton-cholesky", tol=1e-13, max_iter=1000).fit(x, y, weights)
    if family == "LOGISTIC":
        ratio = l1 / (l1 + l2)
        return LogisticRegression(
            C=1 / (l1 + l2), penalty="elasticnet", l1_ratio=ratio, solver="saga", tol=1e-12, max_iter=200000, random_state=0
        ).fit(x, y, weights)
    if family == "MULTINOMIAL":
        return LogisticRegression(C=1 / l2, multi_class="multinomial", solver="newton-cg", tol=1e-11, max_iter=10000).fit(x, y, weights)
    if family == "LINEAR" and l1 == 0:
        return Ridge(alpha=l2, solver="cholesky").fit(x, y, weights)
    n = len(y)
    if family == "LINEAR":
        # means of rows: penalties are divided by their number
        return ElasticNet(alpha=(l1 + l2) / n, l1_ratio=l1 / (l1 + l2), tol=1e-16, max_iter=1000000).fit(x, y)
    return PoissonRegressor(alpha=l2 / n, solver="newton-cholesky", tol=1e-13, max_iter=1000).fit(x, y)


def main(folder):
    # steps that no longer change the objective are what is wanted
    warnings.simplefilter("ignore")
    results = []
    for name, data, numbers, texts, family, label, positive, weight, l1, l2 in FITS:
        rows = rows_of(folder, data)
        x, columns = design(rows, numbers, texts)
        labels = [row[label] for row in rows]
        classes = sorted(set(labels)) if family == "MULTINOMIAL" else []
        if family == "LOGISTIC":
            y = np.array([1.0 if value == positive else 0.0 for value in labels])
        elif classes:
            y = np.array(labels)
        else:
            y = np.array([float(value) for value in labels])
        weights = np.where(y == 1, float(weight), 1.0) if family == "LOGISTIC" else np.ones(len(rows))
        model = fit(family, x, y, weights, l1, l2)
        print(name, x.shape, getattr(model, "n_iter_", ""), file=sys.stderr)
        results.append(
            {
                "name": name,
                **data,
                "numbers": numbers,
                "texts": texts,
                "family": family,
                "label": label,
                "positive": positive,
                "weight": weight,
                "l1": l1,
                "l2": l2,
                "rows": len(rows),
                "columns": columns,
                "classes": classes,
                "coefficients": np.atleast_2d(model.coef_).tolist(),
                "intercepts": np.atleast_1d(model.intercept_).tolist(),
            }
        )
    print("[\n" + ",\n".join(json.dumps(result) for result in results) + "\n]")


main(sys.argv[1])
