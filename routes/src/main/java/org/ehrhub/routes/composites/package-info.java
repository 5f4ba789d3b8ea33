/** Tools that are routes over other tools. */
@NullMarked
package org.ehrhub.routes.composites;

import org.jspecify.annotations.NullMarked;
