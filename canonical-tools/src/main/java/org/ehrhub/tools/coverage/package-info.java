/** Who pays: insurance, eligibility, prior authorisation and claims. */
@NullMarked
package org.ehrhub.tools.coverage;

import org.jspecify.annotations.NullMarked;
