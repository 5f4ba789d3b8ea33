/** The side that sends: delivers messages and finds out what became of them. */
@NullMarked
package org.ehrhub.mllp.client;

import org.jspecify.annotations.NullMarked;
