package io.millrace.job.train;

import io.millrace.learn.prepare.ClassWeighting;
import io.millrace.learn.prepare.Preparation;

/** How training rows become examples of a fit; plain data. */
public record ExampleSettings(Preparation preparation, ClassWeighting classes) {}
