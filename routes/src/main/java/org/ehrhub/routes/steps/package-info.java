/** The steps of a call, one class each, in the order in which {@link org.ehrhub.routes.ToolCallRoute} takes them. */
@NullMarked
package org.ehrhub.routes.steps;

import org.jspecify.annotations.NullMarked;
