package io.millrace.job.io;

/**
 * A stretch of a landed file. It owns the lines that start behind {@code start} and not behind the
 * end; a part that starts the file owns its first line too. So the parts of a file, however it is
 * cut, own each line once.
 *
 * @param start the first byte
 * @param length in bytes
 */
record LandingPart(LandingFile file, long start, long length) {
  long end() {
    return start + length;
  }
}
