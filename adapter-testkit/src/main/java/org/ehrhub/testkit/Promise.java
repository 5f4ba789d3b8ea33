package org.ehrhub.testkit;

import org.junit.jupiter.api.function.Executable;

/**
 * One promise of an adapter.
 *
 * @param words what is promised
 * @param trial fails when it is not kept
 */
record Promise(String words, Executable trial) {}
