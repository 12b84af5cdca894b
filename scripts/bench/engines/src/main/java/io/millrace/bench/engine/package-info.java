/**
 * The night's steps by other engines, each as its own users would write it. Every engine has its
 * whole way in one class; all read the same files and write the same data sets.
 */
package io.millrace.bench.engine;
