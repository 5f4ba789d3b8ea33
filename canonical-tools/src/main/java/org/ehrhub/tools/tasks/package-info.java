/** Work that somebody is to do. */
@NullMarked
package org.ehrhub.tools.tasks;

import org.jspecify.annotations.NullMarked;
