/**
 * What an agent may ask for: tool contracts, their results and errors, references, and the caller. Knows no EHR, no
 * protocol and no framework.
 */
@NullMarked
package org.ehrhub.tools;

import org.jspecify.annotations.NullMarked;
