/**
 * The path a call takes: the Camel components {@code tool:} and {@code ehr:}, the route that wraps every call, and its
 * steps. {@link org.ehrhub.routes.ToolCallRoute} is the page to read first.
 */
@NullMarked
package org.ehrhub.routes;

import org.jspecify.annotations.NullMarked;
