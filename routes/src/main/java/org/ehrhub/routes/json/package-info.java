/** The JSON form of arguments and answers, and the seals on what callers carry back. */
@NullMarked
package org.ehrhub.routes.json;

import org.jspecify.annotations.NullMarked;
