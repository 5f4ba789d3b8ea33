/** The promises every EHR adapter keeps, as tests to extend, and a fake EHR that can be slow, down or wrong. */
@NullMarked
package org.ehrhub.testkit;

import org.jspecify.annotations.NullMarked;
