/** Notes, letters and other documents: finding, reading and drafting them. */
@NullMarked
package org.ehrhub.tools.documents;

import org.jspecify.annotations.NullMarked;
